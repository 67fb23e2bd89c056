//! What is searched in programs, in words.

use crate::pack::{BuiltTexts, FileName, Near, Pattern, Search, SourceArea, SourceExpect};

/// What is searched, and where.
pub(super) fn searched(search: &Search) -> Vec<String> {
    let area = match search.area {
        SourceArea::Client => ", of what browsers and phones get",
        SourceArea::Server => ", of what stays on servers",
        SourceArea::Any => "",
    };
    let holds = quoted(search.holds.iter().map(String::as_str));
    let lead = format!("in {}{area}, where a file holds {holds}", files(&search.files));
    if !search.pairs.is_empty() {
        let pair = |pair: &crate::pack::Pair| {
            let (this, needs) = (pair.this.as_str(), pair.needs.as_str());
            format!("{lead}: `{this}` needs `{needs}` in {}", files(&pair.files))
        };
        return search.pairs.iter().map(pair).collect();
    }
    let near = search.near.iter().map(|one| format!("near {}", beside(one)));
    let not_near = search.not_near.iter().map(|one| format!("not near {}", beside(one)));
    let words = [format!("{lead}: {}", patterns(&search.matches))];
    vec![words.into_iter().chain(near).chain(not_near).collect::<Vec<_>>().join(", ")]
}

/// What is searched in built libraries.
pub(super) fn built(texts: &BuiltTexts) -> Vec<String> {
    let (within, holds) = (texts.within.join(" or "), texts.holds.join(" or "));
    vec![format!(
        "in files of every folder that ends with {within}, around {holds}: {}",
        patterns(&texts.matches)
    )]
}

/// What makes it pass.
pub(super) fn passes(search: &Search) -> String {
    let told = match search.expect {
        _ if !search.pairs.is_empty() => "where everything has what it needs",
        SourceExpect::None => "where nothing of it is found",
        SourceExpect::Some => "where something of it is found",
    };
    let hint = if search.hint { "; it is a hint and no proof" } else { "" };
    format!("{told}{hint}")
}

fn beside(near: &Near) -> String {
    let lines = match near.within {
        0 => "in the same line".to_owned(),
        lines => format!("within {lines} lines"),
    };
    format!("{} {lines}", patterns(&near.matches))
}

fn files(files: &[FileName]) -> String {
    if files.is_empty() {
        return "programs".to_owned();
    }
    quoted(files.iter().map(|file| file.0.as_str()))
}

fn patterns(patterns: &[Pattern]) -> String {
    quoted(patterns.iter().map(Pattern::as_str))
}

fn quoted<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.map(|text| format!("`{text}`")).collect::<Vec<_>>().join(" or ")
}
