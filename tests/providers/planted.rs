//! What one provider's project must come to in one format.

use std::fs;
use std::path::Path;

use golive::pack::Class;
use golive::run::Finding;

use super::judge::{findings, is_at, is_heavy, line};
use super::layout::{FileFormat, Line, Place};
use super::sheet::{Given, Sheet, Swap, Test};

/// Everything that comes out otherwise.
pub(crate) fn wrong(sheet: &Sheet, format: FileFormat) -> Vec<String> {
    let clean = Project::of(sheet);
    let (found, _) = clean.judged(format);
    let mut wrong = Vec::new();
    if !found.is_empty() {
        wrong.push(said("the clean project is not silent", &found));
    }
    wrong.extend(sheet.swaps().iter().filter_map(|swap| swapped(sheet, &clean, format, swap)));
    wrong.extend(sheet.test_values.iter().filter_map(|test| tested(&clean, format, test)));
    wrong
}

/// All providers in one project: silent while it is clean, and with every certain swap of one side
/// at once, one item for each.
pub(crate) fn wrong_together(sheets: &[Sheet], format: FileFormat) -> Vec<String> {
    let mut clean = Project::default();
    for (_, given) in sheets.iter().flat_map(|sheet| &sheet.settings.0) {
        for class in [Class::Sandbox, Class::Production] {
            clean.set(class, &given.name, given.of(class));
        }
    }
    let (found, _) = clean.judged(format);
    let mut wrong = Vec::new();
    if !found.is_empty() {
        wrong.push(said("the clean project is not silent", &found));
    }
    for class in [Class::Sandbox, Class::Production] {
        let mut project = clean.clone();
        let mut planted = Vec::new();
        for sheet in sheets {
            for swap in sheet.swaps().iter().filter(|swap| swap.certain && swap.into == class) {
                let Some(given) = sheet.given(&swap.role) else { continue };
                planted.push(project.set(class, &given.name, given.of(class.other())));
            }
        }
        let (mut found, places) = project.judged(format);
        let places = &places[usize::from(class == Class::Production)];
        for place in planted.iter().map(|index| &places[*index]) {
            let (here, others): (Vec<Finding>, Vec<Finding>) =
                found.into_iter().partition(|one| is_at(one, place));
            found = others;
            if !matches!(here.as_slice(), [one] if is_of_family(one, class, true) && is_heavy(one))
            {
                wrong.push(said(&format!("not one item at {place:?}"), &here));
            }
        }
        if !found.is_empty() {
            wrong.push(said("found beside what was planted", &found));
        }
    }
    wrong
}

/// One value that only works in the sandbox, in production.
fn tested(clean: &Project, format: FileFormat, test: &Test) -> Option<String> {
    let mut project = clean.clone();
    let index = project.set(Class::Production, &test.name, &test.value);
    let (found, [_, places]) = project.judged(format);
    let place = &places[index];
    let fits = matches!(found.as_slice(), [one] if is_at(one, place) && is_heavy(one));
    (!fits).then(|| {
        let what = format!("{} = {} in production", test.name, test.value);
        said(&format!("{what} is not one item at {place:?}"), &found)
    })
}

/// One value of the other class.
fn swapped(sheet: &Sheet, clean: &Project, format: FileFormat, swap: &Swap) -> Option<String> {
    let given = sheet.given(&swap.role)?;
    let mut project = clean.clone();
    let value = given.of(swap.into.other());
    // two equal values are a mistake of their own, and no guess
    let value = if swap.certain { value.to_owned() } else { another(value) };
    let index = project.set(swap.into, &given.name, &value);
    let (found, places) = project.judged(format);
    let place = &places[usize::from(swap.into == Class::Production)][index];
    let fits = match found.as_slice() {
        [one] => {
            is_at(one, place)
                && is_of_family(one, swap.into, swap.certain)
                && is_heavy(one) == swap.certain
        }
        _ => false,
    };
    let weight = if swap.certain { "for certain" } else { "as a guess" };
    (!fits).then(|| {
        let what = format!("the other class's {} in {}", swap.role, swap.into.as_str());
        said(&format!("{what} is not one item, {weight}, at {place:?}"), &found)
    })
}

/// Whether an item says that a value stands in the wrong environment, or may well do.
fn is_of_family(finding: &Finding, into: Class, certain: bool) -> bool {
    let family = match (into, certain) {
        (Class::Production, true) => "core/sandbox-value-in-production",
        (Class::Sandbox, true) => "core/production-value-in-sandbox",
        (Class::Production, false) => "core/likely-sandbox-value",
        (Class::Sandbox, false) => "core/likely-production-value",
    };
    [&finding.check].into_iter().chain(&finding.also).any(|check| check.to_string() == family)
}

/// Another value of the same shape: the last letter or digit is the next one.
fn another(value: &str) -> String {
    let next = |one: char| match one {
        '9' => '0',
        'f' => 'a',
        'z' => 'g',
        'Z' => 'A',
        other => char::from_u32(u32::from(other) + 1).unwrap(),
    };
    let at = value.rfind(|one: char| one.is_ascii_alphanumeric()).unwrap();
    let (before, last) = value.split_at(at);
    let first = next(last.chars().next().unwrap());
    format!("{before}{first}{}", &last[1..])
}

fn said(what: &str, found: &[Finding]) -> String {
    let lines: Vec<String> = found.iter().map(line).collect();
    format!(
        "{what}; found:\n{}",
        if lines.is_empty() { "  nothing".into() } else { lines.join("\n") }
    )
}

/// An empty repository, so that no file is tracked: production's own secrets may stand in one that
/// git does not keep.
fn keep_out(root: &Path) {
    for folder in ["objects", "refs"] {
        fs::create_dir_all(root.join(".git").join(folder)).unwrap();
    }
    fs::write(root.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
}

/// The lines of both files: the sandbox's, then production's.
#[derive(Clone, Default)]
struct Project([Vec<Line>; 2]);

impl Project {
    fn of(sheet: &Sheet) -> Self {
        let lines = |class: Class| {
            let line =
                |given: &Given| Line { name: given.name.clone(), value: given.of(class).into() };
            sheet.settings.0.iter().map(|(_, given)| line(given)).collect()
        };
        Self([lines(Class::Sandbox), lines(Class::Production)])
    }

    /// Sets a value, in a line of its own where there is none; the line's index.
    fn set(&mut self, class: Class, name: &str, value: &str) -> usize {
        let lines = &mut self.0[usize::from(class == Class::Production)];
        if let Some(index) = lines.iter().position(|line| line.name == name) {
            value.clone_into(&mut lines[index].value);
            return index;
        }
        lines.push(Line { name: name.to_owned(), value: value.to_owned() });
        lines.len() - 1
    }

    /// What is found in it, and where its values stand.
    fn judged(&self, format: FileFormat) -> (Vec<Finding>, [Vec<Place>; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        keep_out(&root);
        let [sandbox, production] = &self.0;
        let places = [
            format.write(&root, Class::Sandbox, sandbox),
            format.write(&root, Class::Production, production),
        ];
        (findings(&root), places)
    }
}
