//! What holds of every page: its links lead somewhere, it says what fails, going back returns to where one had scrolled.

mod faults;
mod links;
mod scroll;
