//! Which format a file is of, and the one door to all readers.

use super::issues::Issues;
use super::{
    IssueKind, Language, Parsed, dotenv, hcl, ini, json, properties, script, shell, toml, xml, yaml,
};
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
    /// Java's `.properties`, several documents where Spring's `#---` parts them.
    Properties,
    /// `key = value` lines below `[sections]`.
    Ini,
    /// A file that may be of any program (`.conf`, `.cnf`, `.cfg`): read where most of its lines are
    /// `key = value`, else without a document and without an issue.
    Pairs,
    /// Build settings of Xcode.
    Xcconfig,
    /// XML: property lists, resources of Android, and anything else.
    Xml,
    /// A file that may be of any program (`.config`): read where it begins as XML, else without a
    /// document and without an issue.
    PerhapsXml,
    /// HCL: `.tf` and `.tfvars`.
    Hcl,
    /// `ENV` and `ARG` of a Dockerfile.
    Dockerfile,
    /// Variables that a shell script sets.
    Shell,
    /// A program: the literals that it gives a name.
    Source(Language),
}

impl Format {
    /// The format of a file by its name; `None` where it is of none. A `.json5` file is read as
    /// JSON with comments: what else JSON5 allows becomes an issue.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let program = || Language::of_name(&name).map(Self::Source);
        by_name(&name).or_else(|| by_extension(extension)).or_else(program).or_else(|| {
            // a program or a locked file that only borrows the name
            let borrows = is_foreign(extension);
            (!borrows && is_dotenv(&name)).then_some(Self::Dotenv)
        })
    }
}

impl Format {
    /// Whether it is a program's, of which most says nothing about settings.
    pub fn is_source(self) -> bool {
        matches!(self, Self::Source(_))
    }
}

fn by_name(name: &str) -> Option<Format> {
    match name {
        "dockerfile" | "containerfile" => Some(Format::Dockerfile),
        _ if name.starts_with("dockerfile.") || name.starts_with("containerfile.") => {
            let extension = name.rsplit('.').next().unwrap_or_default();
            (!is_foreign(extension)).then_some(Format::Dockerfile)
        }
        _ => None,
    }
}

fn by_extension(extension: &str) -> Option<Format> {
    match extension {
        "yaml" | "yml" => Some(Format::Yaml),
        "json" | "jsonc" | "json5" => Some(Format::Json),
        "toml" => Some(Format::Toml),
        "env" => Some(Format::Dotenv),
        "properties" => Some(Format::Properties),
        "ini" => Some(Format::Ini),
        "conf" | "cnf" | "cfg" => Some(Format::Pairs),
        "xcconfig" => Some(Format::Xcconfig),
        "xml" | "plist" | "entitlements" => Some(Format::Xml),
        "config" => Some(Format::PerhapsXml),
        "tf" | "tfvars" | "hcl" => Some(Format::Hcl),
        "dockerfile" | "containerfile" => Some(Format::Dockerfile),
        "sh" | "bash" | "envrc" => Some(Format::Shell),
        _ => None,
    }
}

/// Endings of files that only borrow a name that comes before them.
fn is_foreign(extension: &str) -> bool {
    matches!(
        extension,
        "js" | "cjs"
            | "mjs"
            | "ts"
            | "py"
            | "rb"
            | "php"
            | "md"
            | "gpg"
            | "age"
            | "enc"
            | "zip"
            | "dockerignore"
            | "map"
            | "lock"
    )
}

fn is_dotenv(name: &str) -> bool {
    ["env", ".env", ".dev.vars", ".flaskenv"].contains(&name)
        || [".env.", ".dev.vars."].iter().any(|start| name.starts_with(start))
        || name.strip_prefix("env.").is_some_and(|rest| rest.split(['.', '-']).all(is_suffix))
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
        Format::Properties => properties::parse(text),
        Format::Ini => ini::parse(text),
        Format::Pairs => ini::parse_if_pairs(text),
        Format::Xcconfig => ini::parse_xcconfig(text),
        Format::Xml => xml::parse(text),
        Format::PerhapsXml => xml::parse_if_xml(text),
        Format::Hcl => hcl::parse(text),
        Format::Dockerfile => shell::parse_dockerfile(text),
        Format::Shell => shell::parse(text),
        Format::Source(language) => script::parse(language, text),
    }
}

#[cfg(test)]
mod tests;
