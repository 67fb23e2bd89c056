//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::check::CheckArguments;
use super::compare::CompareArguments;
use super::confirm::ConfirmArguments;
use super::lock::LockArguments;
use super::render::RenderArguments;
use super::sandbox::SandboxArguments;
use super::verify::VerifyArguments;
use super::waive::WaiveArguments;
use crate::report::{Format, Shape};

/// Is this integration ready to leave the sandbox?
#[derive(Debug, Parser)]
#[command(
    name = "golive",
    version,
    about = "Is this integration ready to leave the sandbox?",
    long_about = "Checks a project that integrates a provider with a sandbox and a production \
                  environment: its configuration, and with --live its sandbox and its webhook \
                  receiver. Prints a checklist with a verdict.",
    after_help = "Exit codes: 0 ready (GO, PASS) · 1 not ready (NO-GO, FAIL) · 2 the tool could \
                  not work · 3 could not be told (UNDETERMINED, UNDECIDED)\n\nFirst steps:\n  \
                  golive demo            see it work, against a stand-in on this machine\n  \
                  golive check           judge the files of this folder; nothing is sent\n  \
                  golive check --plan    show every request that --live would send\n  \
                  golive check --live    ask the sandbox and the receiver, too",
    propagate_version = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge a project and say whether it is ready.
    Check(Box<CheckArguments>),
    /// Verify a report: its verdict, its parts, and with PATH its files.
    Verify(VerifyArguments),
    /// Show what changed from one report to a later one.
    Compare(CompareArguments),
    /// Show which environments a project has, and by which rule each file is of one.
    Environments(EnvironmentsArguments),
    /// Show the profiles of two environments side by side.
    Diff(DiffArguments),
    /// Write a first golive.yaml, with the reason of each guess.
    Init(InitArguments),
    /// Write down the packs and checks that the project is judged by: newer ones only warn.
    Lock(LockArguments),
    /// Print what a value is known by, without the value.
    Fingerprint(FingerprintArguments),
    /// Write facts of the environment that this runs in, and no value.
    Observe(ObserveArguments),
    /// Write down what a named person vouches for, or show what waits for one.
    Confirm(Box<ConfirmArguments>),
    /// Accept findings until a day, with an owner, a reason and a ticket.
    Waive(Box<WaiveArguments>),
    /// Run the cases of packs: each check against its fixtures.
    Test(TestArguments),
    /// Show the packs and their checks.
    List(ListArguments),
    /// Explain one check: what it claims, why, how it is asked and how to mend it.
    Explain(ExplainArguments),
    /// Print a JSON Schema, for editors and for validating output.
    Schema(SchemaArguments),
    /// Show a report that was written before, in another format.
    Render(RenderArguments),
    /// See it work: a sample project, a provider and a receiver on this machine.
    Demo(DemoArguments),
    /// Stand in for a provider on this machine, for a team that builds against it.
    Sandbox(SandboxArguments),
}

/// `golive environments`.
#[derive(Debug, Args)]
#[command(
    after_help = "Reads files, sends nothing, and judges nothing. Exit codes: 0 shown · 2 the \
    tool could not work.\n\nExamples:\n  golive environments                  of this folder\n  \
    golive environments --format json | jq '.environments[].name'"
)]
pub struct EnvironmentsArguments {
    /// The folder.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// `golive diff`.
#[derive(Debug, Args)]
#[command(
    override_usage = "golive diff [OPTIONS] [PATH]\n       golive diff [OPTIONS] A B [PATH]",
    after_help = "Without names the first sandbox and the first production are compared. Values of \
        secrets are never shown: equal ones bear the same letter.\n\nsame: a value stands on both \
        sides · different: none does · missing: one side lacks it · reference: a value stands \
        elsewhere, so nothing can be said\n\nExit codes: 0 shown, whatever the difference · 2 the \
        tool could not work.\n\nExamples:\n  golive diff                          of this folder\n  \
        golive diff staging production       by name\n  golive diff staging production api/  of \
        another folder\n  golive diff --format json | jq '.settings[] | select(.relation == \
        \"same\")'"
)]
pub struct DiffArguments {
    /// Two environments by name, the folder, or all three.
    #[arg(value_name = "A B PATH", num_args = 0..=3)]
    pub what: Vec<String>,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// `golive init`.
#[derive(Debug, Args)]
#[command(after_help = "What it writes changes nothing of what `golive check` says: a guess that \
    would is written as a comment. No value of a secret is ever written. Exit codes: 0 written · 2 \
    the tool could not work.\n\nExamples:\n  golive init            write golive.yaml into this \
    folder\n  golive init --print    show what it would write")]
pub struct InitArguments {
    /// The folder.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Print it in place of writing it.
    #[arg(long, conflicts_with = "force")]
    pub print: bool,
    /// Write it anew where there is one; its salt, fingerprints and waivers are lost.
    #[arg(long)]
    pub force: bool,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `golive fingerprint`.
#[derive(Debug, Args)]
#[command(
    after_help = "The value is asked for without being shown, or read from standard input; it \
    is never an argument. What is printed is an HMAC under the salt of golive.yaml: it tells whether \
    two values are equal, and nothing else. A value that could be guessed is refused. Exit codes: 0 \
    printed · 2 the tool could not work.\n\nExamples:\n  golive fingerprint begini/api-key \
    --environment production\n  vault kv get -field=api_key kv/begini | golive fingerprint \
    begini/api-key"
)]
pub struct FingerprintArguments {
    /// What the value is to a provider, as in begini/api-key.
    pub role: String,
    /// The environment that it is of: says where the line is to stand.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// The folder whose golive.yaml holds the salt.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Refused: a value is no argument.
    #[arg(hide = true)]
    pub value: Vec<std::ffi::OsString>,
}

/// `golive observe`.
#[derive(Debug, Args)]
#[command(
    after_help = "Run it where the values are: in a platform's shell, in a job of the cluster, \
    or with what a vault prints. Looked at are the usual names of the roles of packs in use, and \
    those that golive.yaml and the project's files use; read as JSON from --values it may be nested, \
    or a Kubernetes Secret. Written is whether each is there, its shape, its home, its host and its \
    fingerprint: nothing from which a value could be found. Exit codes: 0 written · 2 the tool could \
    not work.\n\nExamples:\n  golive observe --environment production > facts.json\n  kubectl get \
    secret begini -o json | golive observe --environment production --values -\n  golive check \
    --facts facts.json"
)]
pub struct ObserveArguments {
    /// The folder that holds golive.yaml.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The environment that is observed.
    #[arg(long, value_name = "NAME")]
    pub environment: String,
    /// Read values from a file, or from standard input, in place of the process.
    #[arg(long, value_name = "-|FILE")]
    pub values: Option<PathBuf>,
    /// Write the facts to a file in place of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `golive test`.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// The folder that holds `checks/` and `fixtures/`.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Run only the cases of this check or pack.
    #[arg(long, value_name = "ID")]
    pub only: Option<String>,
}

/// `golive list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `golive explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The check, as in begini/api-keys-differ.
    pub id: String,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `golive schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Of what.
    #[arg(value_enum)]
    pub of: SchemaOf,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// `checks/PACK/pack.yaml`.
    Pack,
    /// Any other file of a pack.
    Check,
    /// `checks/PACK/codes.yaml`.
    Codes,
    /// `golive.yaml`.
    Manifest,
    /// `--format json`.
    Report,
    /// `golive observe`.
    Facts,
    /// `golive environments --format json`.
    Environments,
    /// `golive diff --format json`.
    Diff,
    /// `golive compare --format json`.
    Compare,
}

/// `golive demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Show the mended project and receiver.
    #[arg(long)]
    pub ready: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Checklist)]
    pub format: Format,
    /// Keep the sample project in this folder, which must be new.
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}
