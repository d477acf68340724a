//! Changing one's username on the finished build and the embedded registry, with its clock and its faults.
//!
//! After each of these stories the screen says what the database says.

mod faults;
mod flow;
mod reach;
mod rules;
mod steps;
mod tabs;
