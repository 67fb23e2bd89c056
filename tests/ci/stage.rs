//! A repository with a branch to judge, a provider that stands in, and the shell of a job.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use golive::standin::{HOST, StandIn, Variant, deployments, sample};

use super::page::{Job, Script};

/// In place of `cargo`: the tool is there already. What installs it must be pinned.
const CARGO: &str = "#!/bin/sh\n\
    case \"$*\" in \"install --locked --git https://\"*\" --rev \"????????????????????????????????????????\" golive\") ;;\n\
    *) echo \"not pinned: cargo $*\" >&2; exit 64 ;; esac\n";

/// Where all of a test happens.
pub(super) struct Stage {
    folder: tempfile::TempDir,
    stand_in: StandIn,
    /// Whether the tool knows `--base`.
    pub(super) has_base: bool,
}

/// What a job left behind.
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) said: String,
    folder: PathBuf,
}

impl Ended {
    /// A file beside which the job ran, or that it was given for its summary; none is empty.
    #[expect(clippy::disallowed_methods, reason = "reads what the job wrote")]
    pub(super) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).unwrap_or_default()
    }

    /// Asserts that each file which the job's commands promise is there and is of its format, and
    /// that it uploads nothing else.
    pub(super) fn assert_written(&self, job: &Job) {
        let script = job.whole();
        let promised: Vec<(&str, &str)> = script
            .split("--output ")
            .skip(1)
            .map(|rest| rest.split_whitespace().next().unwrap().split_once('=').unwrap())
            .collect();
        for (format, file) in &promised {
            let text = self.read(file);
            let right = match *format {
                "json" | "sarif-open" | "gitlab" => {
                    serde_json::from_str::<serde_json::Value>(&text).is_ok()
                }
                "junit" => roxmltree::Document::parse(&text).is_ok(),
                "html" => text.to_lowercase().starts_with("<!doctype html>"),
                "markdown" => text.starts_with("**"),
                other => panic!("{}: {other} is not looked at", job.name),
            };
            assert!(right, "{}: {file} is no {format}: {text}", job.name);
        }
        let uploads: Vec<&str> = job.uploads.iter().map(String::as_str).collect();
        let mut files: Vec<&str> = promised.iter().map(|(_, file)| *file).collect();
        files.sort_unstable();
        assert_eq!(uploads, files, "{}: what is written is uploaded", job.name);
    }
}

impl Stage {
    /// The sample as a team keeps it: no key of the sandbox in a file, the manifest of the page, and
    /// a person's word for what has changed by that. None where there is no shell.
    pub(super) fn new(variant: Variant, manifest: &str) -> Option<Self> {
        let shell = Command::new("sh").args(["-c", "git --version"]).output();
        if !shell.is_ok_and(|done| done.status.success()) {
            eprintln!("not run: there is no sh here, or no git");
            return None;
        }
        let stand_in = StandIn::start(variant.options(now()).unwrap()).unwrap();
        let mut stage = Self { folder: tempfile::tempdir().unwrap(), stand_in, has_base: false };
        let origin = stage.path("origin");
        Self::golive_demo(variant, &origin);
        Self::as_a_team_keeps_it(&origin, manifest);
        stage.programs();
        stage.has_base = stage.sh(&origin, "golive check --help").1.contains("--base");
        let sure = stage.sh(
            &origin,
            "git init -q -b main && git config user.name dev && git config user.email dev@lender.co.ke\n\
             git add -A && git commit -q -m start\n\
             golive confirm begini/sandbox-run-reaches-the-store --by 'A. Engineer' --role engineer \
             --evidence https://tickets.lender.co.ke/REL-88\n\
             git commit -q -a -m sure && git checkout -q -b change",
        );
        assert_eq!(sure.0, 0, "{}", sure.1);
        Some(stage)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn golive_demo(variant: Variant, folder: &Path) {
        let mut demo = Command::new(env!("CARGO_BIN_EXE_golive"));
        demo.args(["demo", "--format", "json", "--keep"]).arg(folder);
        if variant == Variant::Ready {
            demo.arg("--ready");
        }
        let done = demo.output().unwrap();
        assert!(folder.join(".env").is_file(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn as_a_team_keeps_it(origin: &Path, manifest: &str) {
        let written: BTreeMap<&str, String> = sample(Variant::Ready).unwrap().into_iter().collect();
        let (_, known) = written["golive.yaml"].split_once("\nfingerprints:").unwrap();
        put(&origin.join("golive.yaml"), &format!("{manifest}\nfingerprints:{known}"));
        for (file, variable) in [(".env.sandbox", "SANDBOX"), (".env.ci", "CI")] {
            let edited: Vec<String> = read(&origin.join(file)).lines().map(str::to_owned).collect();
            let flawed = file == ".env.ci" && !edited.iter().any(|line| Self::is_own(line));
            let edited =
                edited.into_iter().map(|line| match line.strip_prefix("BEGINI_API_KEY=") {
                    Some(_) if !flawed => {
                        format!("BEGINI_API_KEY=${{BEGINI_{variable}_API_KEY}}\n")
                    }
                    _ => line + "\n",
                });
            put(&origin.join(file), &edited.collect::<String>());
        }
    }

    /// Whether a line holds a key of one of the sandbox's deployments: production's stays where the
    /// flawed sample has it.
    fn is_own(line: &str) -> bool {
        let known = deployments().unwrap();
        known
            .iter()
            .any(|one| one.environment != "production" && line.ends_with(one.api_key.expose()))
    }

    /// The programs of the runner: the tool, which is led to the stand-in where it asks live.
    fn programs(&self) {
        put(&self.path("ca.pem"), self.stand_in.ca_pem());
        let ca = self.path("ca.pem");
        let provider = self.stand_in.provider_addr();
        let mut led = format!("--trust-ca '{}' --connect {HOST}={provider}", ca.display());
        for host in self.stand_in.receiver_hosts() {
            let _ = write!(led, " --connect {host}={}", self.stand_in.receiver_addr());
        }
        let golive = env!("CARGO_BIN_EXE_golive");
        let text = format!(
            "#!/bin/sh\nled=\nfor word in \"$@\"; do [ \"$word\" != --live ] || led=yes; done\n\
             if [ \"$led\" ]; then exec '{golive}' \"$@\" {led}; fi\nexec '{golive}' \"$@\"\n"
        );
        put(&self.path("bin/golive"), &text);
        put(&self.path("bin/cargo"), CARGO);
        let done = Command::new("chmod")
            .arg("+x")
            .args(["golive", "cargo"].map(|name| self.path("bin").join(name)))
            .output();
        assert!(done.unwrap().status.success());
    }

    fn shell(&self, folder: &Path, text: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", text]).current_dir(folder).env_clear();
        shell.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.path("bin").display()));
        shell
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("CI", "true");
        shell
    }

    fn sh(&self, folder: &Path, text: &str) -> (i32, String) {
        told(&self.shell(folder, text).output().unwrap())
    }

    /// Runs a job in a new clone, as a runner does. What is uploaded by a job that this one needs
    /// lies beside the files before it begins.
    pub(super) fn run(&self, job: &Job) -> Ended {
        let folder = self.path("work");
        let _ = std::fs::remove_dir_all(&folder);
        let (code, said) = self.sh(self.folder.path(), "git clone -q -b change origin work");
        assert_eq!(code, 0, "{said}");
        for file in job.needs.iter().flat_map(|_| ["sandbox.json"]) {
            std::fs::copy(self.path("kept").join(file), folder.join(file)).unwrap();
        }
        let mut ended = Ended { code: 0, said: String::new(), folder: folder.clone() };
        for step in &job.steps {
            let mut shell = self.shell(&folder, &self.known(&step.text));
            let done = shell.envs(variables(job, step)).output().unwrap();
            let (code, said) = told(&done);
            ended.said += &said;
            ended.code = code;
            if code != 0 {
                break;
            }
        }
        for file in job.uploads.iter().filter(|file| folder.join(file).is_file()) {
            let kept = self.path("kept");
            std::fs::create_dir_all(&kept).unwrap();
            std::fs::copy(folder.join(file), kept.join(file)).unwrap();
        }
        ended
    }

    /// The script without the option that the tool does not know yet.
    fn known(&self, script: &str) -> String {
        let mut script = script.to_owned();
        while let Some((before, after)) = script.split_once(" --base ").filter(|_| !self.has_base) {
            let (_, rest) = after.split_once(' ').unwrap();
            script = format!("{before} {rest}");
        }
        script
    }

    /// A change after which no provider is recognised.
    pub(super) fn empty(&self) {
        let (code, said) = self.sh(
            &self.path("origin"),
            "git rm -rq . && echo nothing > README.md && git add -A && git commit -q -m empty\n\
             git branch -f main change",
        );
        assert_eq!(code, 0, "{said}");
    }

    /// A change that breaks the manifest.
    pub(super) fn break_manifest(&self) {
        put(&self.path("origin/golive.yaml"), "environments: [\n");
        let (code, said) = self.sh(
            &self.path("origin"),
            "git add -A && git commit -q -m broken && git branch -f main change",
        );
        assert_eq!(code, 0, "{said}");
    }

    /// A change that calls production a sandbox.
    pub(super) fn loosen(&self) {
        let path = self.path("origin/golive.yaml");
        let text = read(&path);
        let loosened = text.replace("production: { layers", "production: { class: sandbox, layers");
        assert_ne!(loosened, text);
        put(&path, &loosened);
        let (code, said) = self.sh(&self.path("origin"), "git add -A && git commit -q -m loosen");
        assert_eq!(code, 0, "{said}");
    }
}

/// What the system sets, the file and the step.
fn variables(job: &Job, step: &Script) -> BTreeMap<String, String> {
    let known = deployments().unwrap();
    let key = known.iter().find(|one| one.environment == "sandbox").unwrap().api_key.expose();
    let (commit, live) = ("9a03d17c5b", job.whole().contains("--live"));
    let mut set: BTreeMap<&str, &str> = if job.is_github() {
        [("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main"), ("GITHUB_SHA", commit)]
            .into_iter()
            .chain([("GITHUB_STEP_SUMMARY", "summary.md")])
            .collect()
    } else {
        [("GITLAB_CI", "true"), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")]
            .into_iter()
            .chain([("CI_COMMIT_SHA", commit), ("RELEASE", "2.8.0"), ("TICKET", "REL-412")])
            .collect()
    };
    if live && !job.is_github() {
        set.insert("BEGINI_SANDBOX_API_KEY", key);
    }
    let mut all: BTreeMap<String, String> =
        set.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    for (name, written) in job.variables.iter().chain(&step.variables) {
        let value = match written.as_str() {
            "${{ secrets.BEGINI_SANDBOX_API_KEY }}" => key,
            "${{ inputs.release }}" => "2.8.0",
            "${{ inputs.ticket }}" => "REL-412",
            other if other.contains("${{") => panic!("{}: {other} is not known", job.name),
            other => other,
        };
        all.insert(name.clone(), value.to_owned());
    }
    all
}

fn told(done: &Output) -> (i32, String) {
    let said = [&done.stdout[..], &done.stderr].concat();
    (done.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn put(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "reads what the test wrote")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the tool itself runs by the real clock")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
