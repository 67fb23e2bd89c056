//! The page in a real browser, where there is one: no console message, no request, nothing cut off
//! at 1280 and 390 pixels by day and at night, whole without scripts, and printable.

use std::path::Path;
use std::process::Command;

#[test]
fn a_browser_has_nothing_to_complain_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let looked = Command::new("python3")
        .arg(root.join("docs/pictures/take.py"))
        .args([env!("CARGO_BIN_EXE_golive"), "--check"])
        .output();
    let Ok(looked) = looked else {
        eprintln!("skipped: python3 is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&looked.stdout).into_owned();
    if looked.status.code() == Some(77) {
        eprintln!("{said}");
        return;
    }
    assert!(looked.status.success(), "{said}{}", String::from_utf8_lossy(&looked.stderr));
}
