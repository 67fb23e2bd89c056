//! The sheets as they are written.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use golive::document::{Format, Ordered, decode, single};
use golive::pack::Class;
use golive::source::{DiagnosticStyle, SourceText, expand, render};
use serde::Deserialize;

/// What a project of a provider holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Sheet {
    /// The pack, by the file's name.
    #[serde(skip)]
    pub provider: String,
    /// Settings by role.
    pub settings: Ordered<Given>,
    /// Roles whose value tells its class: `api-key`, or `api-key in production` where only a
    /// sandbox value there is certain.
    #[serde(default)]
    swaps: Vec<String>,
    /// Roles whose value only hints at its class, written alike.
    #[serde(default)]
    guesses: Vec<String>,
    /// What must be found in production.
    #[serde(default)]
    pub test_values: Vec<Test>,
}

/// A setting: its usual name and a right value for each class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    pub name: String,
    pub sandbox: String,
    pub production: String,
}

/// A value that only works in the sandbox.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Test {
    pub name: String,
    pub value: String,
}

/// A value of the other class, in the environment of this one.
#[derive(Clone, Debug)]
pub(crate) struct Swap {
    pub role: String,
    pub into: Class,
    pub certain: bool,
}

impl Given {
    /// The right value of a class.
    pub(crate) fn of(&self, class: Class) -> &str {
        match class {
            Class::Sandbox => &self.sandbox,
            Class::Production => &self.production,
        }
    }
}

impl Sheet {
    /// Every swap that must be found.
    pub(crate) fn swaps(&self) -> Vec<Swap> {
        let certain = self.swaps.iter().map(|text| (text, true));
        let guessed = self.guesses.iter().map(|text| (text, false));
        certain.chain(guessed).flat_map(|(text, certain)| swaps(text, certain)).collect()
    }

    /// The setting of a role.
    pub(crate) fn given(&self, role: &str) -> Option<&Given> {
        self.settings.0.iter().find(|(name, _)| name.value == role).map(|(_, given)| given)
    }

    /// What the sheet itself gets wrong.
    fn mistakes(&self) -> Vec<String> {
        let mut mistakes = Vec::new();
        if self.settings.0.is_empty() {
            mistakes.push("it gives no settings".to_owned());
        }
        for swap in self.swaps() {
            match self.given(&swap.role) {
                None => mistakes.push(format!("`{}` is none of the settings", swap.role)),
                Some(given) if given.sandbox == given.production => {
                    mistakes.push(format!("`{}` is one value, which tells no class", swap.role));
                }
                Some(_) => {}
            }
        }
        mistakes
    }

    fn expand(&mut self) {
        for (_, given) in &mut self.settings.0 {
            given.sandbox = expand(&given.sandbox).unwrap();
            given.production = expand(&given.production).unwrap();
        }
        for test in &mut self.test_values {
            test.value = expand(&test.value).unwrap();
        }
    }
}

fn swaps(text: &str, certain: bool) -> Vec<Swap> {
    let (role, into) = match text.split_once(" in ") {
        Some((role, "production")) => (role, vec![Class::Production]),
        Some((role, "sandbox")) => (role, vec![Class::Sandbox]),
        _ => (text, vec![Class::Production, Class::Sandbox]),
    };
    let swap = |into| Swap { role: role.to_owned(), into, certain };
    into.into_iter().map(swap).collect()
}

/// All sheets in order of their providers, and what is wrong with them.
pub(crate) fn sheets(folder: &Path) -> (Vec<Sheet>, Vec<String>) {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    paths.sort();
    let (mut sheets, mut mistakes) = (Vec::new(), Vec::new());
    for path in paths {
        let provider = path.file_stem().unwrap().to_string_lossy().into_owned();
        let shown = format!("tests/providers/{provider}.yaml");
        let source = Arc::new(SourceText::new(shown.clone(), fs::read_to_string(&path).unwrap()));
        let (root, mut found) = single(Format::Yaml, &source);
        let sheet = root.and_then(|root| {
            let (sheet, more) = decode::<Sheet>(&root, &source);
            found.extend(more);
            sheet
        });
        if !found.is_empty() {
            let style = DiagnosticStyle { color: false, width: 100, plain: true };
            mistakes.push(render(&found, &style));
        }
        let Some(mut sheet) = sheet else { continue };
        mistakes.extend(sheet.mistakes().iter().map(|mistake| format!("{shown}: {mistake}")));
        sheet.provider = provider;
        sheet.expand();
        sheets.push(sheet);
    }
    (sheets, mistakes)
}
