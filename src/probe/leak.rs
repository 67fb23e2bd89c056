//! What the body of a receiver's answer tells strangers, as kinds: never the text itself.
//!
//! The list is of what common servers and frameworks write; a text that nobody here has seen is
//! not recognised, so "nothing found" means nothing of these.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use regex::bytes::{Regex, RegexBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::redact::Redactor;
use crate::source::Secret;

/// Something that an answer should not tell.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Leak {
    /// A stack trace.
    Trace,
    /// The path of a source file or of a library on the server.
    Path,
    /// A statement of SQL, or a message of a database.
    Sql,
    /// A secret of the project, or what is written like one.
    Key,
    /// The right signature of what was sent: who sees it can forge events.
    Signature,
    /// A page that a framework only shows while it is being developed with.
    DebugPage,
}

impl Leak {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Path => "path",
            Self::Sql => "sql",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::DebugPage => "debug-page",
        }
    }
}

/// Patterns by kind.
const PATTERNS: [(Leak, &[&str]); 5] = [
    (
        Leak::Trace,
        &[
            r"Traceback \(most recent call last\)",
            r#"File "[^"\n]+", line \d+"#,
            // JavaScript and Java; .NET
            r"(?m)^\s*at .+\([^()\n]+:\d+(:\d+)?\)|^\s*at (async )?\S+\.\w+:\d+:\d+",
            r"(?m)^\s*at .+ in .+:line \d+",
            r"(?m)^goroutine \d+ \[",
            r"thread '[^']*' (\(\d+\) )?panicked at",
            // PHP; Ruby; Elixir
            r"(?m)^#\d+ .+\(\d+\): ",
            r"PHP (Fatal error|Warning|Notice)|<b>(Fatal error|Warning|Notice)</b>:",
            r"\.rb:\d+:in ['`]",
            r"\.exs?:\d+: .+/\d",
        ],
    ),
    (
        Leak::Path,
        &[
            r"(^|[^\w/.])/(home|Users|root)/[\w.-]+/",
            r"(^|[^\w/.])(/[\w.@-]+)+\.(py|js|mjs|cjs|ts|rb|php|go|java|jar|kt|rs|cs|ex|exs|sqlite3?|env|ya?ml|conf|log)\b",
            r"/(node_modules|site-packages|dist-packages|vendor/bundle|\.cargo/registry)/",
            r"\b[A-Z]:\\[\w.-]+\\",
        ],
    ),
    (
        Leak::Sql,
        &[
            r"SQLSTATE\W?\w{5}",
            r"\bORA-\d{5}\b|\bSQLITE_[A-Z]{3,}|\bER_[A-Z]{2,}_[A-Z_]+",
            r"sqlite3\.\w*Error|psycopg2?\.|\bPG::\w+|MySQLdb|pymysql\.|sqlalchemy\.|PrismaClient\w*Error|MongoServerError|\bE11000\b",
            r"(?i)syntax error at or near|error in your SQL syntax|violates (unique|foreign key|not-null|check) constraint|UNIQUE constraint failed|no such (table|column):|relation \W?\w+\W? does not exist",
            r"\bSELECT\b.+\bFROM\b|(?i:\bselect\b.+\bfrom\s+\S+\s+(where|limit|order|join)\b)",
            r"(?i)\binsert\s+into\s+\S+\s*(\(|values)|\bupdate\s+\S+\s+set\b.+=|\bdelete\s+from\s+\S+\s+where\b",
        ],
    ),
    (
        Leak::Key,
        &[
            r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
            r"\bAKIA[0-9A-Z]{16}\b|\b[sr]k_(live|test)_\w{10,}|\bgh[pousr]_\w{20,}|\bxox[abp]-[\w-]{10,}",
            r#"(?i)\b(\w*_)?(api_?key|secret(_?key)?|password|passwd|access_?token|private_?key)["']?\s*[:=]\s*["']?[^\s"'<>,}{]{8,}"#,
            r"\b\w+://[^\s/:@<>]+:[^\s/@<>]+@[\w.-]+",
        ],
    ),
    (
        Leak::DebugPage,
        &[
            r"DEBUG\s*=\s*True",
            r"__debugger__|Werkzeug Debugger|The debugger caught an exception",
            r"Action Controller: Exception caught|Rails\.root:",
            r"Whoops\\|whoops-container|facade/ignition|laravel-ignition|Spatie\\",
            r"Symfony Exception|sf-dump|Developer Exception Page|Server Error in '/' Application",
            r"Plug\.Debugger|BetterErrors|phpinfo\(\)|Django Version:",
        ],
    ),
];

/// What an answer must not hold.
pub(crate) struct Watch {
    /// Secrets of the project.
    pub(crate) known: Arc<Redactor>,
    /// The key that signs.
    pub(crate) key: Option<Secret>,
    /// The right signature, where it was not sent.
    pub(crate) signature: Option<Secret>,
}

impl Watch {
    /// What `body` tells.
    pub(crate) fn leaks(&self, body: &str) -> BTreeSet<Leak> {
        let holds = |secret: &Option<Secret>| {
            secret
                .as_ref()
                .is_some_and(|secret| secret.expose().len() > 7 && body.contains(secret.expose()))
        };
        let mut found = patterns(&plain(body));
        if holds(&self.key) || self.known.stands_in(body) {
            found.insert(Leak::Key);
        }
        if holds(&self.signature) {
            found.insert(Leak::Signature);
        }
        found
    }
}

fn patterns(text: &str) -> BTreeSet<Leak> {
    static COMPILED: OnceLock<Vec<(Leak, Regex)>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        let all = PATTERNS.iter().flat_map(|(leak, all)| all.iter().map(|one| (*leak, *one)));
        all.filter_map(|(leak, pattern)| Some((leak, compile(pattern)?))).collect()
    });
    compiled
        .iter()
        .filter(|(_, pattern)| pattern.is_match(text.as_bytes()))
        .map(|(leak, _)| *leak)
        .collect()
}

fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

/// The text without the escapes of JSON and HTML, so that lines are lines.
fn plain(body: &str) -> String {
    const ESCAPES: [(&str, &str); 15] = [
        ("\\r", ""),
        ("\\n", "\n"),
        ("\\t", "\t"),
        ("\\\"", "\""),
        ("\\/", "/"),
        ("\\\\", "\\"),
        ("<br>", "\n"),
        ("<br />", "\n"),
        ("<br/>", "\n"),
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&gt;", ">"),
    ];
    let mut text = body.to_owned();
    for (from, to) in ESCAPES {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}

#[cfg(test)]
mod tests;
