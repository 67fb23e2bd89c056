//! "Did you mean": the known word that is nearest to a mistaken one.

/// The word of `known` that `word` was most likely meant to be; none where all are far off.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = plain(word);
    let limit = (bare.chars().count() / 2).clamp(1, 3);
    known
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (distance(&bare, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by(|left, right| left.0.cmp(&right.0).then(left.1.cmp(right.1)))
        .map(|(_, candidate)| candidate)
}

/// A help text: the nearest word and all that are known, in the order given.
pub fn suggest(word: &str, known: &[&str]) -> Option<String> {
    if known.is_empty() {
        return None;
    }
    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Some(match nearest(word, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`? known are {all}"),
        None => format!("known are {all}"),
    })
}

/// How far two words are apart; one that the other ends with counts as near.
fn distance(bare: &str, candidate: &str) -> usize {
    let candidate = plain(candidate);
    let tail = candidate.rsplit('/').next().unwrap_or_default();
    strsim::damerau_levenshtein(bare, &candidate).min(strsim::damerau_levenshtein(bare, tail))
}

fn plain(word: &str) -> String {
    word.chars()
        .map(|character| if matches!(character, '_' | ' ') { '-' } else { character })
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_far_ones_are_not() {
        assert_eq!(nearest("severty", ["step", "severity"]), Some("severity"));
        assert_eq!(nearest("web_hook", ["webhook", "when"]), Some("webhook"));
        assert_eq!(
            nearest("api-kye", ["begini/api-key", "begini/api-host"]),
            Some("begini/api-key")
        );
        assert_eq!(nearest("payed", ["paid", "refunded"]), Some("paid"));
        assert_eq!(nearest("colour", ["step", "severity"]), None);
    }
}
