//! The folder that a row describes, and the program in it.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use golive::standin::{Variant, sample};
use tempfile::TempDir;

use super::row::{Made, Row, Sample};
use super::server;

/// How a row ended.
pub(crate) struct Ended {
    /// The exit code; none where the program was ended by a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
    /// The checklist, where one was written.
    pub checklist: Option<String>,
}

/// What came of a row.
pub(crate) enum Came {
    /// The program ran.
    Ended(Ended),
    /// It could not be run here.
    Skipped(&'static str),
}

/// A user that owns nothing.
const NOBODY: u32 = 65_534;

/// Sets the stage and runs the program.
pub(crate) fn run(row: &Row) -> Result<Came, String> {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    write(row, folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_golive"));
    let locked = row.files.iter().find(|(_, content)| content.made().locked);
    if let Some((path, _)) = locked
        && fs::read(folder.join(path)).is_ok()
    {
        // whoever may read everything asks as somebody who may not
        let copy = folder.join("golive");
        fs::copy(env!("CARGO_BIN_EXE_golive"), &copy).unwrap();
        command = Command::new(copy);
        command.uid(NOBODY).gid(NOBODY);
    }
    let guards = server::start(row, folder);
    command.args(row.run.split_whitespace()).args(&guards.arguments);
    if row.run.starts_with("check") {
        command.args(["--format", "json", "--output", "checklist=told.txt"]);
    }
    let file = |name: &str| Stdio::from(fs::File::create(folder.join(name)).unwrap());
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command.stdout(file("output")).stderr(file("errors"));
    let child = match command.spawn() {
        Err(_) if locked.is_some() => {
            return Ok(Came::Skipped("this user may read every file, and cannot be another"));
        }
        spawned => spawned.unwrap(),
    };
    let status = wait(child, Duration::from_secs(row.seconds))?;
    let read = |name: &str| fs::read_to_string(folder.join(name));
    Ok(Came::Ended(Ended {
        code: status.code(),
        output: read("output").unwrap(),
        errors: read("errors").unwrap(),
        checklist: read("told.txt").ok(),
    }))
}

fn wait(mut child: Child, patience: Duration) -> Result<ExitStatus, String> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Ok(status);
        }
        if start.elapsed() > patience {
            child.kill().unwrap();
            child.wait().unwrap();
            return Err(format!("not done in {} seconds", patience.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn write(row: &Row, folder: &Path) {
    fs::create_dir(folder.join("project")).unwrap();
    let variant = row.sample.as_ref().map(|sample| match sample {
        Sample::Ready => Variant::Ready,
        Sample::Flawed => Variant::Flawed,
    });
    for (path, text) in variant.map_or_else(Vec::new, |variant| sample(variant).unwrap()) {
        fs::write(parent(folder.join("project").join(path)), text).unwrap();
    }
    for (path, content) in &row.files {
        let made = content.made();
        for number in 0..made.copies.unwrap_or(1) {
            let path = parent(folder.join(path.replace("{n}", &number.to_string())));
            make(&path, &made, number);
        }
    }
}

fn parent(path: PathBuf) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

fn make(path: &Path, made: &Made, number: u64) {
    if path.is_file() {
        fs::remove_file(path).unwrap();
    }
    if let Some(target) = &made.link {
        symlink(target, path).unwrap();
    } else if made.folder {
        fs::create_dir(path).unwrap();
    } else if let Some(bytes) = &made.hex {
        fs::write(path, hex::decode(bytes).unwrap()).unwrap();
    } else {
        fs::write(path, made.text(number)).unwrap();
    }
    if made.locked {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    }
}
