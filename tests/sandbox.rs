//! `golive sandbox begini` as a team runs it: what it prints, how it ends, and that a key of the
//! team's own file never comes out.

#![expect(clippy::unwrap_used, reason = "all of this file is a test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    head: String,
}

fn sandbox(folder: &std::path::Path, typed: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_golive"));
    command.args(["sandbox", "begini"]).args(typed).current_dir(folder);
    command
}

impl Running {
    fn start(folder: &std::path::Path, typed: &[&str]) -> Self {
        let typed = [&["--port", "0"], typed].concat();
        let mut child = sandbox(folder, &typed).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut head = String::new();
        while !head.contains("Ctrl-C ends it.") {
            assert!(out.read_line(&mut head).unwrap() > 0, "{head}");
        }
        Self { child, out, head }
    }

    fn post(&self, path: &str) -> String {
        let address = self.head.split("http://").nth(1).unwrap();
        let address: String = address.chars().take_while(|&one| one != ',').collect();
        let mut stream = TcpStream::connect(&address).unwrap();
        let text = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// What it printed after its head, and its exit code.
    fn end(mut self) -> (String, Option<i32>) {
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (rest, self.child.wait().unwrap().code())
    }
}

#[test]
fn it_prints_settings_to_paste_and_ends_with_a_summary() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(folder.path(), &["--receiver", "http://127.0.0.1:9/hook"]);
    let value = |name: &str| {
        let mut lines = running.head.lines();
        lines.find_map(|line| line.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    };
    assert_eq!((value("BEGINI_API_KEY").len(), value("BEGINI_INTEGRATION_ID").len()), (36, 24));
    assert_eq!(value("BEGINI_WEBHOOK_URL"), "http://127.0.0.1:9/hook");
    assert!(running.post("/v1/sessions-management/tokens").starts_with("HTTP/1.1 401"));
    running.post("/_golive/stop");
    let (rest, code) = running.end();
    assert_eq!(code, Some(0));
    assert!(rest.contains("401  nobody: Missing or invalid Api-key"), "{rest}");
    assert!(rest.ends_with("1 requests received, 1 of them refused; 0 deliveries sent, 0 of them answered with 200\n"), "{rest}");
}

#[test]
fn a_key_of_the_teams_own_file_is_used_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let key = ["7b1e4c90-5d2f-", "4a3b-9c8d-", "0e1f2a3b4c5d"].concat();
    let text = format!("BEGINI_LIVE_API_KEY=other\nBEGINI_SANDBOX_API_KEY={key}\n");
    std::fs::write(folder.path().join(".env.sandbox"), text).unwrap();
    let running = Running::start(folder.path(), &["--env", ".env.sandbox"]);
    assert!(running.head.contains("# BEGINI_API_KEY is the one of .env.sandbox"));
    running.post(&format!("/{key}"));
    running.post("/_golive/stop");
    let head = running.head.clone();
    let (rest, _) = running.end();
    assert!(rest.contains("POST …"), "{rest}");
    assert!(!head.contains(&key) && !rest.contains(&key));
}

#[test]
fn what_it_cannot_do_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("vault.env"), "BEGINI_API_KEY=vault:kv/x#y\n").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (typed, said) in [
        (&["--receiver", "https://hooks.lender.test/begini"][..], "is not on this machine"),
        (&["--journey"], "--journey needs --receiver"),
        (&["--env", "none.env"], "none.env: cannot be read"),
        (&["--env", "vault.env"], "BEGINI_API_KEY is a reference"),
        (&["--port", &port], "--port chooses another"),
        (&["--retries", "99"], "99"),
    ] {
        let done = sandbox(folder.path(), typed).output().unwrap();
        let errors = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{typed:?}");
        assert!(errors.contains(said), "{errors}");
    }
}
