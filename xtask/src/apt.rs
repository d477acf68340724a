//! Debian's packages, for what the tests need and no package registry has. Installed only as root, where the machine is ours.

use crate::{
    failure::{Failure, Outcome},
    process,
};
use std::{path::Path, process::Command};

/// Installs `packages`, after saying so. Where that is not ours to do, `how` is the sentence to end with.
pub fn install(packages: &[&str], purpose: &str, how: &str) -> Outcome {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !(root
        && Path::new("/etc/debian_version").is_file()
        && process::on_path("apt-get").is_some())
    {
        return Err(Failure::new(how));
    }
    println!("Installing {} with apt: {purpose}.", packages.join(" and "));
    let apt = |arguments: &[&str]| {
        let mut apt = process::command("apt-get");
        apt.args(["-q", "-y", "--no-install-recommends"])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        process::run(
            &mut apt,
            &format!("install {} with apt", packages.join(" and ")),
        )
    };
    apt(&["update"])?;
    apt(&[&["install"], packages].concat())
}
