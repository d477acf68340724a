//! What every browser test stands on: a screen to look at by role and name, a server that remembers, and oracles.

pub mod accessible_name;
pub mod by_role;
pub mod fake_server;
pub mod oracles;
pub mod screen;
pub mod settle;
