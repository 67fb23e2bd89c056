//! The table for people.

use std::fmt::Write;

use super::layout::{Layout, MISTAKES, Mistake};

const OPENING: &str = "# What is found, and where

<!-- Written by `GOLIVE_BLESS=1 cargo test --test planted` from tests/planted/layouts: change it there. -->

Whole projects of many kinds, each free of findings as it stands. Twelve mistakes are planted in each, one at
a time, and each must come out as one item at exactly the line and column of the literal, with nothing found anywhere
else. Every cell is a test of its own name; the word in it is the item's severity. A dash is a mistake that cannot
be made there, and why is told below.
";

/// The page.
pub(crate) fn of(layouts: &[Layout]) -> String {
    let mut page = OPENING.to_owned();
    let planted: usize = layouts.iter().map(|layout| layout.mistakes.len()).sum();
    let _ =
        writeln!(page, "\n{} projects, {planted} planted mistakes, all found.\n", layouts.len());
    page.push_str("| project | provider | clean |");
    for (_, heading, _) in MISTAKES {
        let _ = write!(page, " {heading} |");
    }
    let _ = writeln!(page, "\n{}", "|---".repeat(MISTAKES.len() + 3) + "|");
    for layout in layouts {
        let _ = write!(page, "| {} | {} | silent |", layout.title, layout.provider);
        for (id, _, usual) in MISTAKES {
            let found = layout.mistakes.get(id);
            let word = found.map_or("-", |mistake| mistake.severity.as_deref().unwrap_or(usual));
            let _ = write!(page, " {word} |");
        }
        page.push('\n');
    }
    page.push_str(
        "\n## Where a mistake cannot be made\n\n| project | mistake | why |\n|---|---|---|\n",
    );
    for layout in layouts {
        for (id, heading, _) in MISTAKES {
            if let Some(why) = layout.senseless.get(id) {
                let _ = writeln!(page, "| {} | {heading} | {why} |", layout.title);
            }
        }
    }
    let odd: Vec<_> = layouts.iter().flat_map(odd).collect();
    if !odd.is_empty() {
        page.push_str("\n## Where it weighs other than usual\n\n| project | mistake | severity | why |\n|---|---|---|---|\n");
        page.extend(odd);
    }
    page
}

fn odd(layout: &Layout) -> Vec<String> {
    let row = |heading: &str, mistake: &Mistake| {
        let (severity, because) = (mistake.severity.as_ref()?, mistake.because.as_ref()?);
        Some(format!("| {} | {heading} | {severity} | {because} |\n", layout.title))
    };
    let found = |(id, heading, _): &(&str, &str, &str)| row(heading, layout.mistakes.get(*id)?);
    MISTAKES.iter().filter_map(found).collect()
}
