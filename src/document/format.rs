//! Which format a file is of, and the one door to all readers.

use super::issues::Issues;
use super::{IssueKind, Parsed, dotenv, json, toml, yaml};
use crate::source::Span;

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `KEY=value` lines.
    Dotenv,
    /// YAML 1.2, several documents.
    Yaml,
    /// JSON, with comments and trailing commas allowed.
    Json,
    /// TOML 1.1.
    Toml,
}

impl Format {
    /// The format of a file by its name; `None` where it is of none. A `.json5` file is read as
    /// JSON with comments: what else JSON5 allows becomes an issue.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "yaml" | "yml" => return Some(Self::Yaml),
            "json" | "jsonc" | "json5" => return Some(Self::Json),
            "toml" => return Some(Self::Toml),
            "env" => return Some(Self::Dotenv),
            // a program, a script or a locked file that only borrows the name
            "js" | "cjs" | "mjs" | "ts" | "py" | "rb" | "php" | "sh" | "md" | "gpg" | "age"
            | "enc" | "zip" => return None,
            _ => {}
        }
        let dotenv = ["env", ".env", ".dev.vars", ".flaskenv"].contains(&name.as_str())
            || [".env.", ".dev.vars."].iter().any(|start| name.starts_with(start))
            || name.strip_prefix("env.").is_some_and(|rest| rest.split(['.', '-']).all(is_suffix));
        dotenv.then_some(Self::Dotenv)
    }
}

/// Whether a part of a name may follow `env.`: without the dot before it, many a program and
/// manual page begins so.
fn is_suffix(part: &str) -> bool {
    SUFFIXES.contains(&part)
}

const SUFFIXES: [&str; 26] = [
    "production",
    "prod",
    "prd",
    "live",
    "sandbox",
    "sbx",
    "test",
    "testing",
    "dev",
    "development",
    "local",
    "staging",
    "stage",
    "stg",
    "uat",
    "qa",
    "ci",
    "preview",
    "demo",
    "example",
    "sample",
    "template",
    "dist",
    "default",
    "common",
    "shared",
];

/// Reads a text, whatever is in it: never fails, and takes time in proportion to the text. A text
/// of more than 8 MiB is not read and gives a [`IssueKind::Limit`].
pub fn parse(format: Format, text: &str) -> Parsed {
    if text.len() > MAX_BYTES {
        let mut issues = Issues::new(text);
        issues.push(IssueKind::Limit, Span::new(0, 0), "the file is larger than 8 MiB");
        return issues.finish(Vec::new());
    }
    match format {
        Format::Dotenv => dotenv::parse(text),
        Format::Yaml => yaml::parse(text),
        Format::Json => json::parse(text),
        Format::Toml => toml::parse(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format() {
        for (path, format) in [
            ("a/.env", Some(Format::Dotenv)),
            (".env.production", Some(Format::Dotenv)),
            (".env.live.example", Some(Format::Dotenv)),
            ("deploy/production.env", Some(Format::Dotenv)),
            ("env.production", Some(Format::Dotenv)),
            ("env.local.example", Some(Format::Dotenv)),
            ("src/env.rs", None),
            ("man1/env.1.gz", None),
            ("a\\b.YML", Some(Format::Yaml)),
            ("values.yaml", Some(Format::Yaml)),
            (".env.json", Some(Format::Json)),
            ("tsconfig.jsonc", Some(Format::Json)),
            ("fly.toml", Some(Format::Toml)),
            (".env.d.ts", None),
            (".env.gpg", None),
            ("environment", None),
            ("yaml", None),
        ] {
            assert_eq!(Format::of_path(path), format, "{path}");
        }
    }

    #[test]
    fn an_oversized_text_is_said_and_not_read() {
        let text = " ".repeat(MAX_BYTES + 1);
        let parsed = parse(Format::Dotenv, &text);
        assert!(parsed.documents.is_empty());
        assert_eq!(parsed.issues[0].kind, IssueKind::Limit);
    }
}
