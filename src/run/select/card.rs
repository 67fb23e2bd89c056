//! Numbers of payment cards.

use crate::project::Setting;

/// Whether a value is a number as payment cards have it: 13 to 19 digits that begin with 2 to 6,
/// with the right check digit (ISO/IEC 7812-1). One in ten of all numbers has it, so the name of
/// the setting must say that a card is meant.
pub(super) fn is_number(setting: &Setting) -> bool {
    let Some(value) = setting.literal() else { return false };
    let value = value.expose().trim();
    if value.len() > 32 {
        return false;
    }
    let bare = value.chars().filter(|one| !matches!(one, ' ' | '-'));
    let digits: Option<Vec<u32>> = bare.map(|one| one.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        (13..=19).contains(&digits.len())
            && matches!(digits.first(), Some(2..=6))
            && digits.windows(2).any(|pair| pair.first() != pair.last())
            && is_checked(&digits)
    })
}

/// Luhn's check: every second digit from the right counts twice.
fn is_checked(digits: &[u32]) -> bool {
    let counted = digits.iter().rev().enumerate().map(|(at, digit)| match (at % 2, digit * 2) {
        (0, _) => *digit,
        (_, twice) if twice > 9 => twice - 9,
        (_, twice) => twice,
    });
    counted.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::is_checked;

    #[test]
    fn the_check_digit_counts() {
        assert!(is_checked(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3]));
        assert!(!is_checked(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 4]));
    }
}
