//! The environments of a project: what was found, by which rule, and how to correct it.

use super::sheet::{Block, Columns, Grid, Item, Mark, Sheet, count};
use super::{Shape, Style, json, yaml};
use crate::run::{FileSeen, Layer, Survey, Surveyed};

/// Writes a survey.
pub fn environments(survey: &Survey, shape: Shape, style: &Style) -> String {
    match shape {
        Shape::Table => sheet(survey).render(style),
        Shape::Json => json::text(survey),
    }
}

fn sheet(survey: &Survey) -> Sheet {
    let mut sheet = Sheet::default();
    let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let found = number(survey.environments.len());
    sheet.push(Block::Title(vec![
        if survey.project.is_empty() { "(no name)".to_owned() } else { survey.project.clone() },
        count(found, "environment", "environments"),
        if survey.manifest { "as golive.yaml says" } else { "by names: there is no golive.yaml" }
            .to_owned(),
    ]));
    if !survey.environments.is_empty() {
        sheet.gap();
        sheet.push(Block::Table(known(survey)));
        sheet.gap();
        sheet.push(Block::Table(layers(survey)));
    }
    sheet.gap();
    sheet.section("SHARED", vec![String::new()], files(&survey.shared));
    let mut of_none = files(&survey.unclassified);
    if survey.others > 0 {
        let more = if of_none.is_empty() { "" } else { "more " };
        let text =
            format!("{} {more}without keys and providers", count(survey.others, "file", "files"));
        of_none.push(Item::new(Mark::Dot, text));
    }
    let note = "judged by checks of the whole tree alone, never taken for sandbox";
    sheet.section("OF NONE", vec![note.to_owned()], of_none);
    let unread = survey.unreadable.iter().map(|note| Item::new(Mark::Major, note.as_str()));
    sheet.section("NOT READ", vec![String::new()], unread.collect());
    sheet.gap();
    sheet.push(Block::Verbatim { label: "Correct", lines: correction(survey) });
    sheet
}

fn known(survey: &Survey) -> Grid {
    let heads = ["environment", "class", "known by", "settings", "values from outside"];
    let rows = survey.environments.iter().map(|one| {
        let outside = if one.open {
            format!("open: {}", one.outside.join(", "))
        } else {
            "closed".to_owned()
        };
        vec![
            one.name.clone(),
            one.class.as_str().to_owned(),
            one.rule.clone(),
            one.settings.to_string(),
            outside,
        ]
    });
    Grid { heads: heads.map(str::to_owned).to_vec(), rows: rows.collect(), columns: Columns::Texts }
}

/// Every layer as a row, lowest first.
fn layers(survey: &Survey) -> Grid {
    let heads = ["layers, lowest first", "environment", "by", "in force"];
    let row = |environment: &Surveyed| {
        let name = environment.name.clone();
        let rows = environment.layers.iter().map(move |layer| {
            let rule = layer.rule.clone();
            let rule = if layer.missing { format!("{rule}: no such file") } else { rule };
            vec![layer.path.clone(), name.clone(), rule, layer.settings.to_string()]
        });
        rows.collect::<Vec<_>>()
    };
    Grid {
        heads: heads.map(str::to_owned).to_vec(),
        rows: survey.environments.iter().flat_map(row).collect(),
        columns: Columns::Texts,
    }
}

fn files(files: &[FileSeen]) -> Vec<Item> {
    let item = |file: &FileSeen| {
        let settings = count(file.settings, "setting", "settings");
        Item::new(Mark::Dot, format!("{}  {settings}", file.path))
    };
    files.iter().map(item).collect()
}

/// How a wrong guess is corrected, with names of the project itself.
fn correction(survey: &Survey) -> Vec<String> {
    let (name, class, layers) = example(survey);
    let first = if survey.manifest {
        "say it in golive.yaml:"
    } else {
        "golive init writes all of this to golive.yaml; or say there what is wrong:"
    };
    let layers: Vec<String> = layers.into_iter().map(yaml::scalar).collect();
    let layers = match layers.as_slice() {
        [] => String::new(),
        [..] => format!(", layers: [{}]", layers.join(", ")),
    };
    vec![
        first.to_owned(),
        "environments:".to_owned(),
        format!("  {}: {{ class: {class}{layers} }}", yaml::scalar(name)),
    ]
}

/// An environment whose files are its own, with a file of none before them: the likeliest mistake.
fn example(survey: &Survey) -> (&str, &str, Vec<&str>) {
    let own = |one: &&Surveyed| {
        let whole = |layer: &Layer| {
            let rule = &*layer.rule;
            matches!(rule, "file name" | "folder" | "shared by its family")
                || rule.contains(".yaml:")
        };
        !one.layers.is_empty() && one.layers.iter().all(whole)
    };
    let Some(one) = survey.environments.iter().rev().find(own) else {
        return ("production", "production", Vec::new());
    };
    let unowned = survey.unclassified.first().map(|file| &*file.path);
    let layers = unowned.into_iter().chain(one.layers.iter().map(|layer| &*layer.path));
    (&one.name, one.class.as_str(), layers.take(MOST).collect())
}

/// An example lists no more layers.
const MOST: usize = 3;
