//! How a format writes settings: names in its style, values in its quotes, each in its place.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::stage::{MARK, Texts};

/// A format, as `formats.yaml` tells it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Format {
    /// Its heading.
    pub title: String,
    /// How names are written.
    names: Names,
    /// Settings whose names begin with one word, where they stand together.
    #[serde(default)]
    group: Option<String>,
    /// One setting.
    entry: String,
    /// How a value that stands elsewhere is written.
    reference: String,
    /// How values are encoded.
    #[serde(default)]
    encode: Option<Encoding>,
    /// The files.
    files: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Names {
    Shouted,
    Snake,
    Kebab,
    Camel,
    Pascal,
    Dotted,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Encoding {
    Base64,
}

/// Settings by the words of their names.
pub(crate) type Settings = Vec<(String, String)>;

impl Format {
    /// A project with these settings.
    pub(crate) fn project(&self, sandbox: &Settings, production: &Settings) -> Texts {
        let (sandbox, production) = (self.written(sandbox), self.written(production));
        let filled = |text: &String| {
            let text = inserted(text, "<<sandbox>>", &sandbox);
            inserted(&text, "<<production>>", &production)
        };
        Texts(self.files.iter().map(|(path, text)| (path.clone(), filled(text))).collect())
    }

    fn written(&self, settings: &Settings) -> String {
        let Some(group) = &self.group else {
            let written = settings.iter().map(|(name, value)| self.entry(name, value));
            return written.collect::<Vec<_>>().join("\n");
        };
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for (name, value) in settings {
            let (first, rest) = name.split_once(' ').unwrap();
            let entry = self.entry(rest, value);
            match groups.iter_mut().find(|(known, _)| *known == first) {
                Some((_, entries)) => entries.push(entry),
                None => groups.push((first, vec![entry])),
            }
        }
        let whole = |(first, entries): &(&str, Vec<String>)| {
            let text = group.replace("<<first>>", &self.names.of(first));
            inserted(&text, "<<entries>>", &entries.join("\n"))
        };
        groups.iter().map(whole).collect::<Vec<_>>().join("\n")
    }

    fn entry(&self, name: &str, value: &str) -> String {
        let name = self.names.of(name);
        let value = value.replace("<<reference>>", &self.reference.replace("<<name>>", &name));
        let value = match self.encode {
            Some(Encoding::Base64) => base64(&value),
            None => value,
        };
        self.entry.replace("<<name>>", &name).replace("<<value>>", &value)
    }
}

/// The value as something that is encoded when it is set down, behind its mark.
fn base64(value: &str) -> String {
    let (mark, plain) = match value.strip_prefix(MARK) {
        Some(plain) => (MARK.to_string(), plain),
        None => (String::new(), value),
    };
    let mut joined = String::new();
    for (at, part) in plain.split("@@join(").enumerate() {
        let (parts, rest) = part.split_once(")@@").filter(|_| at > 0).unwrap_or(("", part));
        joined.push_str(parts);
        // a comma of the value itself joins no parts
        joined.push_str(&rest.replace(',', "\\c"));
    }
    format!("{mark}@@base64({joined})@@")
}

/// Puts lines in place of a line, each behind its indentation.
fn inserted(text: &str, slot: &str, lines: &str) -> String {
    let put = |line: &str| match line.split_once(slot) {
        Some((indentation, _)) => {
            let each = lines.lines().map(|one| format!("{indentation}{one}"));
            each.collect::<Vec<_>>().join("\n")
        }
        None => line.to_owned(),
    };
    let whole = text.lines().map(put).collect::<Vec<_>>().join("\n");
    if text.ends_with('\n') { whole + "\n" } else { whole }
}

impl Names {
    fn of(self, name: &str) -> String {
        let words: Vec<&str> = name.split(' ').collect();
        match self {
            Self::Shouted => words.join("_").to_uppercase(),
            Self::Snake => words.join("_"),
            Self::Kebab => words.join("-"),
            Self::Dotted => name.replacen(' ', ".", 1).replace(' ', "-"),
            Self::Pascal => words.iter().map(|word| capital(word)).collect(),
            Self::Camel => {
                let (first, rest) = words.split_first().unwrap();
                (*first).to_owned() + &rest.iter().map(|word| capital(word)).collect::<String>()
            }
        }
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
