//! What `golive check` is asked, as it is typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::start::StartArguments;
use crate::report::Format;

/// `golive check`.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_help = "Nothing is sent without --live. Production is never touched without \
    --allow-production.\n\nExamples:\n  golive check --gate change                    in a pull \
    request: files only\n  golive check --live --receiver begini/webhook-url\n  golive check \
    --format json --output checklist=report.txt\n  golive check --live --start \"npm start\" \\\n    \
    --receiver begini/webhook-url=http://127.0.0.1:3000/hook")]
pub struct CheckArguments {
    /// The folder to judge.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// What the run decides.
    #[arg(long, value_enum, default_value_t = GateName::Launch)]
    pub gate: GateName,
    /// Ask the provider's sandbox and the receivers, too.
    #[arg(long)]
    pub live: bool,
    /// Show every request that --live would send, and send none.
    #[arg(long)]
    pub plan: bool,
    /// Allow checks that touch production.
    #[arg(long)]
    pub allow_production: bool,
    /// Take the unmarked sandbox value of this role for the sandbox's, as in begini/api-key.
    #[arg(long, value_name = "ROLE")]
    pub assume_sandbox: Vec<String>,
    /// Allow deliveries to this receiver: sandbox unless named, the setting's URL unless given.
    #[arg(long, value_name = "[ENV:]ROLE[=URL]")]
    pub receiver: Vec<String>,
    /// The receiver to run for the time of the check.
    #[command(flatten)]
    pub start: StartArguments,
    /// Take facts of an environment for evidence, as `golive observe` writes them; for a day.
    #[arg(long, value_name = "FILE")]
    pub facts: Vec<PathBuf>,
    /// Take an earlier run for evidence, as --output json=FILE leaves it.
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// Let golive.yaml give this process variable to a role, though it is not called after it.
    #[arg(long, value_name = "NAME")]
    pub variable: Vec<String>,
    /// Connect to an address in place of a host, as curl does. The verdict says so.
    #[arg(long, value_name = "HOST=ADDR:PORT")]
    pub connect: Vec<String>,
    /// Trust the certificate authorities of a PEM file, besides the public ones.
    #[arg(long, value_name = "FILE")]
    pub trust_ca: Vec<PathBuf>,
    /// Send requests through a proxy. Addresses are then not checked; the report says so.
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Run live checks of packs inside the judged folder, too.
    #[arg(long)]
    pub trust_packs: bool,
    /// Judge one environment only.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// Judge only this check or pack.
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    /// Leave this check or pack out.
    #[arg(long, value_name = "ID")]
    pub skip: Vec<String>,
    /// Judge a change by the rules of this revision, too: what is stricter is in force.
    #[arg(long, value_name = "REV")]
    pub base: Option<String>,
    /// Who of the base's approvers vouches for rules that the change loosens: then they are in force.
    #[arg(long, value_name = "NAME", requires = "base")]
    pub rules_approved_by: Option<String>,
    /// Judge as if nothing were accepted.
    #[arg(long)]
    pub no_waivers: bool,
    /// Judge confirmations, waivers, facts, certificates and evidence as on this day, today or later, in UTC.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The release that the report is for.
    #[arg(long, value_name = "TEXT")]
    pub release: Option<String>,
    /// The ticket that the report is for.
    #[arg(long, value_name = "TEXT")]
    pub ticket: Option<String>,
    /// The artifact that is released: a digest or a tag.
    #[arg(long, value_name = "TEXT")]
    pub artifact: Option<String>,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Write what was judged of every exchange to a file.
    #[arg(long, value_name = "FILE", requires = "live", conflicts_with_all = ["replay", "plan"])]
    pub record: Option<PathBuf>,
    /// Judge a recording in place of the network.
    #[arg(long, value_name = "FILE")]
    pub replay: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Checklist)]
    pub format: Format,
    /// Write a format to a file, besides printing; may be given several times.
    #[arg(long, value_name = "FORMAT=PATH")]
    pub output: Vec<String>,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// The gates, as they are typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum GateName {
    /// A change: files only.
    Change,
    /// The sandbox work.
    Sandbox,
    /// The switch to production.
    Launch,
    /// The first live traffic.
    Live,
}
