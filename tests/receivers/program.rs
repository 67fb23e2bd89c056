//! Receivers as processes on free ports of this machine, and the tool as one.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub(crate) const PYTHON: &str = "python3";

/// The key of the sandbox; nobody's.
const KEY: &str = concat!("3f1c2b7a-0d4e-", "4c55-9a68-1b2c3d4e5f60");
const INTEGRATION: &str = concat!("64b7f0c2a19d", "3e5586470b1f");

/// A receiver.
pub(crate) struct Program {
    pub(crate) name: String,
    command: Vec<String>,
    folder: PathBuf,
}

/// A receiver that runs until this is dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) port: u16,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    pub(crate) fn python(name: &str, arguments: &[&str]) -> Self {
        let command = std::iter::once(PYTHON).chain(arguments.iter().copied());
        Self {
            name: format!("python/{name}"),
            command: command.map(str::to_owned).collect(),
            folder: here("python"),
        }
    }

    pub(crate) fn express(name: &str, folder: &Path, script: &str) -> Self {
        Self {
            name: format!("express/{name}"),
            command: vec!["node".to_owned(), script.to_owned()],
            folder: folder.to_owned(),
        }
    }

    /// Starts it and waits until it listens.
    pub(crate) fn run(&self) -> Running {
        let port = free_port();
        let (program, arguments) = self.command.split_first().unwrap();
        let child = Command::new(program)
            .args(arguments)
            .current_dir(&self.folder)
            .env("PORT", port.to_string())
            .envs(secrets())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let running = Running { child, port };
        assert!(listens(port, Duration::from_secs(30)), "{} does not listen", self.name);
        running
    }
}

/// What a receiver finds in its environment.
pub(crate) fn secrets() -> [(&'static str, &'static str); 2] {
    [("BEGINI_API_KEY", KEY), ("BEGINI_INTEGRATION_ID", INTEGRATION)]
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Whether something listens there, at the latest after some time.
pub(crate) fn listens(port: u16, within: Duration) -> bool {
    let until = Instant::now() + within;
    loop {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return true;
        }
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A folder beside this file.
pub(crate) fn here(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/receivers").join(folder)
}

/// Whether a program can be run.
pub(crate) fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The folder of the express receivers with express beside them, or why there is none.
pub(crate) fn express() -> Result<PathBuf, String> {
    static FOLDER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    FOLDER.get_or_init(install).clone()
}

fn install() -> Result<PathBuf, String> {
    if !has("node") || !has("npm") {
        return Err("node or npm is missing".to_owned());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("express");
    std::fs::create_dir_all(&folder).map_err(|fault| fault.to_string())?;
    for file in std::fs::read_dir(here("express")).unwrap().flatten() {
        std::fs::copy(file.path(), folder.join(file.file_name()))
            .map_err(|fault| fault.to_string())?;
    }
    if folder.join("node_modules/express/package.json").exists() {
        return Ok(folder);
    }
    let flags = ["--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000"];
    let installed = Command::new("npm")
        .arg("install")
        .args(flags)
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match installed {
        Ok(status) if status.success() => Ok(folder),
        _ => Err("npm install did not succeed".to_owned()),
    }
}

/// A small project with both environments.
pub(crate) fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = format!(
        "BEGINI_API_KEY={KEY}\nBEGINI_INTEGRATION_ID={INTEGRATION}\n\
         BEGINI_WEBHOOK_URL=https://hooks-sbx.lender.co.ke/begini\n"
    );
    let production = format!(
        "BEGINI_API_KEY={}\nBEGINI_INTEGRATION_ID={}\n\
         BEGINI_WEBHOOK_URL=https://api.lender.co.ke/begini\n",
        concat!("a41d9e02-77c3-", "4b1f-8e5d-60f1c2b3a495"),
        concat!("64b7f0d9c8e2", "714a90b35d6e")
    );
    std::fs::write(folder.path().join(".env.sandbox"), sandbox).unwrap();
    std::fs::write(folder.path().join(".env.production"), production).unwrap();
    folder
}

/// Runs the tool; exit code, output and errors.
pub(crate) fn golive(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let done = command(arguments, folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

/// The tool, ready to be run.
pub(crate) fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_golive"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}
