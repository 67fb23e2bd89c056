//! `--start`: the receiver is run for the time of the check, and nothing is left behind.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::program::{PYTHON, command, free_port, golive, has, here, listens, project, secrets};

const CHECK: &str = "begini/receiver-accepts-valid-event";

/// A folder with the Python receivers in it, and a free port.
fn scene() -> Option<(tempfile::TempDir, u16)> {
    if !has(PYTHON) {
        eprintln!("python3 is not here: --start is not tried");
        return None;
    }
    let folder = project();
    for file in std::fs::read_dir(here("python")).unwrap().flatten() {
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    Some((folder, free_port()))
}

fn arguments(start: &str, port: u16) -> Vec<String> {
    let receiver = format!("begini/webhook-url=http://127.0.0.1:{port}/hook");
    ["check", ".", "--live", "--only", CHECK, "--receiver", &receiver, "--start", start]
        .map(str::to_owned)
        .to_vec()
}

fn with_secrets(script: &str, port: u16) -> String {
    let secrets = secrets().map(|(name, value)| format!("{name}={value}")).join(" ");
    format!("{secrets} PORT={port} {PYTHON} {script}")
}

fn check(arguments: &[String], folder: &std::path::Path) -> (Option<i32>, String, String) {
    golive(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), folder)
}

/// Whether nothing listens there any more, at the latest after some time.
fn is_gone(port: u16) -> bool {
    let until = Instant::now() + Duration::from_secs(10);
    while listens(port, Duration::ZERO) {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    true
}

#[test]
fn a_started_receiver_answers_and_is_ended() {
    let Some((folder, port)) = scene() else { return };
    // a child of a child is of the group, too
    let start = format!("({}) & wait", with_secrets("right.py", port));
    let (exit, output, errors) = check(&arguments(&start, port), folder.path());
    assert_eq!((exit, errors.as_str()), (Some(3), ""), "{output}");
    assert!(output.contains("partial"), "{output}");
    assert!(output.contains("local receiver"), "{output}");
    assert!(!output.contains("right.py"), "the command may hold secrets:\n{output}");
    assert!(is_gone(port));
}

#[test]
fn one_that_ends_shows_the_end_of_its_log_without_secrets() {
    let Some((folder, port)) = scene() else { return };
    let [(_, key), _] = secrets();
    let start = format!("echo first; echo key {key}; printf '\\033[31mred\\n'; exit 7");
    let (exit, output, errors) = check(&arguments(&start, port), folder.path());
    assert_eq!((exit, output.as_str()), (Some(2), ""));
    assert!(errors.contains("ended (exit status: 7)"), "{errors}");
    assert!(errors.contains("| first") && errors.contains("| key "), "{errors}");
    assert!(!errors.contains(key) && !errors.contains('\u{1b}'), "{errors:?}");
}

#[test]
fn one_that_does_not_listen_is_waited_for_and_ended() {
    let Some((folder, port)) = scene() else { return };
    let other = free_port();
    let start = with_secrets("right.py", other);
    let mut typed = arguments(&start, port);
    typed.extend(["--start-timeout".to_owned(), "3".to_owned()]);
    let (exit, _, errors) = check(&typed, folder.path());
    assert_eq!(exit, Some(2));
    assert!(errors.contains("did not answer within 3 s"), "{errors}");
    assert!(is_gone(other));
}

#[test]
fn a_port_that_is_taken_is_not_started_upon() {
    let Some((folder, _)) = scene() else { return };
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let (exit, _, errors) = check(&arguments("touch started", port), folder.path());
    assert_eq!(exit, Some(2));
    assert!(errors.contains("listens at"), "{errors}");
    assert!(!folder.path().join("started").exists());
}

#[test]
fn it_needs_a_receiver_on_this_machine() {
    let folder = project();
    for receiver in ["begini/webhook-url", "begini/webhook-url=https://hooks.lender.co.ke/b"] {
        let typed = ["check", ".", "--live", "--receiver", receiver, "--start", "true"];
        let (exit, _, errors) = golive(&typed, folder.path());
        assert_eq!(exit, Some(2));
        assert!(errors.contains("needs a receiver on this machine"), "{errors}");
    }
    let (exit, _, errors) = golive(&["check", ".", "--start", "true"], folder.path());
    assert_eq!(exit, Some(2));
    assert!(errors.contains("--live"), "{errors}");
}

#[test]
fn whatever_ends_the_check_ends_the_receiver() {
    for signal in ["-INT", "-KILL"] {
        let Some((folder, port)) = scene() else { return };
        let typed = arguments(&with_secrets("faulty.py hangs", port), port);
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let mut tool = command(&typed, folder.path());
        let mut tool = tool.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        assert!(listens(port, Duration::from_secs(30)));
        let kill = ["-c", "kill \"$0\" \"$1\"", signal, &tool.id().to_string()].map(str::to_owned);
        assert!(std::process::Command::new("sh").args(kill).status().unwrap().success());
        tool.wait().unwrap();
        assert!(is_gone(port), "{signal}");
    }
}
