//! Puts the folder `checks/` into the program: a table of packs and their files. The folder is the
//! list; a new file is noticed.
#![expect(clippy::disallowed_methods, reason = "a build script meets the world")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=checks");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let mut table = String::from("const PACKS: &[(&str, &[(&str, &str)])] = &[\n");
    for folder in entries(&root.join("checks"))?.into_iter().filter(|path| path.is_dir()) {
        let pack = name(&folder);
        let _ = writeln!(table, "    ({pack:?}, &[");
        for file in entries(&folder)? {
            if file.extension().is_some_and(|extension| extension == "yaml") {
                let shown = format!("checks/{pack}/{}", name(&file));
                let file = file.to_str().ok_or_else(|| io::Error::other("a path is no UTF-8"))?;
                let _ = writeln!(table, "        ({shown:?}, include_str!({file:?})),");
            }
        }
        table.push_str("    ]),\n");
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("packs.rs"), table)
}

/// What lies in a folder, in order of name; nothing where there is no folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
