//! What `golive verify` says of a report.

use super::Style;
use super::sheet::{Block, Item, Mark, Sheet};
use super::style::Tone;
use crate::run::Run;

/// What was found of a report.
#[derive(Debug, Default)]
pub struct Verified {
    /// SHA-256 of its file, in hex.
    pub sha256: String,
    /// What in it does not fit together, most telling first.
    pub contradictions: Vec<String>,
    /// What judging the same files says otherwise, where they were judged.
    pub differences: Option<Vec<String>>,
    /// What has lapsed.
    pub lapsed: Vec<String>,
    /// What could not be told.
    pub untold: Vec<String>,
}

/// Writes what was found of a report.
pub fn verified(run: &Run, found: &Verified, style: &Style) -> String {
    let mut sheet = Sheet::default();
    let wrong = found.contradictions.iter().chain(found.differences.iter().flatten());
    let wrong: Vec<&String> = wrong.collect();
    let (word, tone) = match (wrong.as_slice(), found.lapsed.as_slice(), found.untold.as_slice()) {
        ([], [], []) => ("VERIFIED", Tone::Good),
        ([], [_, ..], _) => ("LAPSED", Tone::Doubt),
        ([], [], [_, ..]) => ("NOT TOLD", Tone::Doubt),
        ([_, ..], _, _) => ("NOT AS IT SAYS", Tone::Bad),
    };
    sheet.push(Block::Verdict {
        word: word.to_owned(),
        tone,
        facts: wrong.first().map(|first| vec![(*first).clone()]).unwrap_or_default(),
        aside: String::new(),
    });
    sheet.row("Report", about(run));
    sheet.row("SHA-256", vec![found.sha256.clone()]);
    let compared = match &found.differences {
        None => "its own results only: name the project's folder to judge it again",
        Some(_) => "its own results, and the files judged again by its clock",
    };
    sheet.row("Against", vec![compared.to_owned()]);
    let items = |mark, texts: &mut dyn Iterator<Item = &String>| -> Vec<Item> {
        texts.map(|text| Item::new(mark, text)).collect()
    };
    sheet.section("WRONG", Vec::new(), items(Mark::Blocker, &mut wrong.into_iter()));
    sheet.section("LAPSED", Vec::new(), items(Mark::Open, &mut found.lapsed.iter()));
    sheet.section("NOT TOLD", Vec::new(), items(Mark::Open, &mut found.untold.iter()));
    sheet.render(style)
}

fn about(run: &Run) -> Vec<String> {
    let mut about = vec![
        run.verdict.word.as_str().to_owned(),
        format!("{} gate", run.gate.as_str()),
        run.subject.name.clone(),
        run.clock.strftime("%-d %b %Y %H:%M UTC").to_string(),
    ];
    if let Some(until) = run.valid_until {
        about.push(format!("valid until {}", until.strftime("%-d %b %Y %H:%M UTC")));
    }
    about
}
