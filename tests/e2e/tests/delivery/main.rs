//! The finished files as they are delivered: by nginx, release after release, whole or not at all, and never dearer than before.

mod budget;
mod cold_halves;
mod integrity;
mod licences;
mod nginx;
mod release;
