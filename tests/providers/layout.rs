//! Writing one project as different formats do, and knowing where each value stands.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use golive::pack::{Class, words};

/// The formats, each with a file for the sandbox and one for production.
pub(crate) const FORMATS: [FileFormat; 6] = [
    FileFormat::Dotenv,
    FileFormat::Yaml,
    FileFormat::Json,
    FileFormat::Toml,
    FileFormat::Properties,
    FileFormat::Compose,
];

/// A format of configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// `.env.production`.
    Dotenv,
    /// `config/production.yaml`, names as variables have them.
    Yaml,
    /// `config/production.json`, a section for each provider.
    Json,
    /// `config/production.toml`, a table for each provider.
    Toml,
    /// `src/main/resources/application-production.properties`, keys as Spring has them.
    Properties,
    /// `docker-compose.production.yml`, a list of variables.
    Compose,
}

/// A setting as it is to be written.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub name: String,
    pub value: String,
}

/// Where the value of a line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub path: String,
    pub line: u32,
    pub column: u32,
}

impl FileFormat {
    /// Its name, as tests have it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dotenv => "dotenv",
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Toml => "toml",
            Self::Properties => "properties",
            Self::Compose => "compose",
        }
    }

    fn path(self, class: Class) -> String {
        let class = class.as_str();
        match self {
            Self::Dotenv => format!(".env.{class}"),
            Self::Yaml => format!("config/{class}.yaml"),
            Self::Json => format!("config/{class}.json"),
            Self::Toml => format!("config/{class}.toml"),
            Self::Properties => format!("src/main/resources/application-{class}.properties"),
            Self::Compose => format!("docker-compose.{class}.yml"),
        }
    }

    /// Writes the file of one class below `root`; the places of the values, in order of the lines.
    pub(crate) fn write(self, root: &Path, class: Class, lines: &[Line]) -> Vec<Place> {
        let mut file = File { path: self.path(class), ..File::default() };
        match self {
            Self::Dotenv => {
                for line in lines {
                    let quote = if is_plain(&line.value) { "" } else { "'" };
                    file.put(&format!("{}={quote}", line.name), &line.value, &format!("{quote}\n"));
                }
            }
            Self::Yaml => {
                file.text.push_str("env:\n");
                for line in lines {
                    file.put(&format!("  {}: \"", line.name), &line.value, "\"\n");
                }
            }
            Self::Json => file.json(lines),
            Self::Toml => file.toml(lines),
            Self::Properties => {
                for (line, (first, rest)) in lines.iter().zip(lines.iter().map(divided)) {
                    file.put(&format!("{first}.{}=", rest.join("-")), &line.value, "\n");
                }
            }
            Self::Compose => {
                file.text.push_str("services:\n  api:\n    image: lender/api:4\n");
                file.text.push_str("    environment:\n");
                for line in lines {
                    // compose reads one dollar as the start of a variable
                    let value = line.value.replace('$', "$$");
                    file.put(&format!("      - \"{}=", line.name), &value, "\"\n");
                }
            }
        }
        let to = root.join(&file.path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, &file.text).unwrap();
        file.places
    }
}

/// Whether a value needs no quotes in a dotenv file.
fn is_plain(value: &str) -> bool {
    !value.contains([' ', '#', '$', '\'', '"'])
}

/// A file as it grows.
#[derive(Default)]
struct File {
    path: String,
    text: String,
    places: Vec<Place>,
}

impl File {
    /// Puts a value down and remembers where.
    fn put(&mut self, before: &str, value: &str, after: &str) {
        assert!(!value.contains(['"', '\\', '\n', '\'']), "write a value without quotes: {value}");
        self.text.push_str(before);
        let line = self.text.matches('\n').count() + 1;
        let column = self.text.rsplit('\n').next().unwrap().chars().count() + 1;
        self.places.push(Place {
            path: self.path.clone(),
            line: line.try_into().unwrap(),
            column: column.try_into().unwrap(),
        });
        self.text.push_str(value);
        self.text.push_str(after);
    }

    fn json(&mut self, lines: &[Line]) {
        let mut written = vec![None; lines.len()];
        self.text.push('{');
        for (section, inside) in sections(lines) {
            let comma = if self.places.is_empty() { "" } else { "," };
            write!(self.text, "{comma}\n  \"{section}\": {{").unwrap();
            for (at, (index, rest)) in inside.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                let before = format!("{comma}\n    \"{}\": \"", camel(rest));
                written[*index] = Some(self.places.len());
                self.put(&before, &lines[*index].value, "\"");
            }
            self.text.push_str("\n  }");
        }
        self.text.push_str("\n}\n");
        self.arrange(&written);
    }

    fn toml(&mut self, lines: &[Line]) {
        let mut written = vec![None; lines.len()];
        for (section, inside) in sections(lines) {
            writeln!(self.text, "[{section}]").unwrap();
            for (index, rest) in inside {
                written[index] = Some(self.places.len());
                self.put(&format!("{} = \"", rest.join("_")), &lines[index].value, "\"\n");
            }
            self.text.push('\n');
        }
        self.arrange(&written);
    }

    /// Puts the places in order of the lines; `written` says when each line was.
    fn arrange(&mut self, written: &[Option<usize>]) {
        self.places = written.iter().map(|at| self.places[at.unwrap()].clone()).collect();
    }
}

/// A section, and the index and the further words of each line in it.
type Section = (String, Vec<(usize, Vec<String>)>);

/// The lines by the first words of their names, which become sections.
fn sections(lines: &[Line]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let (first, words) = divided(line);
        match sections.iter_mut().find(|(section, _)| *section == first) {
            Some((_, inside)) => inside.push((index, words)),
            None => sections.push((first, vec![(index, words)])),
        }
    }
    sections
}

/// The first word of a name, and the others.
fn divided(line: &Line) -> (String, Vec<String>) {
    let mut words = words(&line.name);
    let first = words.remove(0);
    assert!(!words.is_empty(), "a name of one word has no section: {}", line.name);
    (first, words)
}

fn camel(words: &[String]) -> String {
    let mut name = String::new();
    for (index, word) in words.iter().enumerate() {
        let (first, rest) = word.split_at(1);
        let first = if index == 0 { first.to_owned() } else { first.to_uppercase() };
        name.push_str(&first);
        name.push_str(rest);
    }
    name
}
