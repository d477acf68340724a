//! nginx with its module for precompressed brotli: the end-to-end tests serve the finished app with a real one.

use crate::{apt, fail, failure::Outcome, process};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

const HOW: &str = "The end-to-end tests need nginx and its module for precompressed brotli: install them (Debian: `apt-get install nginx libnginx-mod-http-brotli-static`), or set NGINX to the program and NGINX_BROTLI to ngx_http_brotli_static_module.so.";

/// Where systems put the module.
const MODULES: [&str; 4] = [
    "/usr/lib/nginx/modules",
    "/usr/lib64/nginx/modules",
    "/usr/local/lib/nginx/modules",
    "/opt/homebrew/lib/nginx/modules",
];

/// An nginx that can do what the tests need.
#[derive(Debug)]
pub struct Nginx {
    program: PathBuf,
    /// The module's file; `None` when it is part of the program.
    brotli: Option<PathBuf>,
}

impl Nginx {
    /// Tells a program where both are.
    pub fn tell(&self, command: &mut Command) {
        command.env("NGINX", &self.program);
        // Empty: there is nothing to load.
        command.env(
            "NGINX_BROTLI",
            self.brotli.as_deref().unwrap_or(Path::new("")),
        );
    }
}

/// The nginx that `NGINX` names, or one on PATH, or one installed where we may.
pub fn ready() -> Outcome<Nginx> {
    if let Some(nginx) = found()? {
        return Ok(nginx);
    }
    apt::install(
        &["nginx", "libnginx-mod-http-brotli-static"],
        "the end-to-end tests serve the app with them. Where Debian begins to listen at port 80 for it, `systemctl disable --now nginx` ends that",
        HOW,
    )?;
    match found()? {
        Some(nginx) => Ok(nginx),
        None => fail!(
            "nginx was installed, but it or its brotli module is not where it was looked for. {HOW}"
        ),
    }
}

fn found() -> Outcome<Option<Nginx>> {
    let given = |variable: &str| {
        env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    for variable in ["NGINX", "NGINX_BROTLI"] {
        if let Some(path) = given(variable).filter(|path| !path.is_file()) {
            fail!(
                "{variable} is set to {}, which is not a file.",
                path.display()
            );
        }
    }
    let program = given("NGINX")
        .or_else(|| process::on_path("nginx"))
        // Debian's is where only root looks.
        .or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file()));
    let Some(program) = program else {
        return Ok(None);
    };
    if is_built_in(&program) {
        return Ok(Some(Nginx {
            program,
            brotli: None,
        }));
    }
    let module = given("NGINX_BROTLI").or_else(|| {
        MODULES
            .iter()
            .map(|folder| Path::new(folder).join("ngx_http_brotli_static_module.so"))
            .find(|path| path.is_file())
    });
    Ok(module.map(|module| Nginx {
        program,
        brotli: Some(module),
    }))
}

fn is_built_in(program: &Path) -> bool {
    let told = Command::new(program).arg("-V").output();
    told.is_ok_and(|told| String::from_utf8_lossy(&told.stderr).contains("ngx_brotli"))
}
