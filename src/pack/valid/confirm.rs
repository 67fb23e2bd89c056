//! What a person vouches for.

use super::Author;
use crate::document::Located;
use crate::pack::written::WrittenConfirm;
use crate::pack::{Confirm, EnvironmentName, RoleId};

/// The longest time for which a statement holds, in days.
const LONGEST: u32 = 3660;

/// A statement.
pub(super) fn confirm(written: &WrittenConfirm, author: &mut Author<'_>) -> Option<Confirm> {
    let covers = written.covers.iter().filter_map(|one| cover(one, author)).collect();
    let points = points(&written.points, author);
    Some(Confirm {
        statement: written.statement.clone(),
        points,
        who: written.who,
        valid_days: days(&written.valid_for, author)?,
        covers,
    })
}

/// Several points that say something, none of them twice: a single one is the statement itself.
fn points(written: &[Located<String>], author: &mut Author<'_>) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for point in written.iter().filter(|point| !point.absent) {
        let text = point.value.trim();
        if text.is_empty() {
            author.say(point.span, "a point says something");
        } else if points.iter().any(|known| known == text) {
            author.say(point.span, "this point stands twice");
        } else {
            points.push(text.to_owned());
        }
    }
    if let [only] = written {
        author.say(only.span, "a single point belongs into the statement itself");
    }
    points
}

/// A time in days, as in `90d`.
pub(super) fn days(text: &Located<String>, author: &mut Author<'_>) -> Option<u32> {
    if text.absent {
        return None;
    }
    let days = text.value.strip_suffix('d').and_then(|number| number.parse().ok());
    let right = days.filter(|days| (1..=LONGEST).contains(days));
    if right.is_none() {
        author.say(text.span, "a time is written in days, as in `90d`");
    }
    right
}

/// `production api-key`.
fn cover(text: &Located<String>, author: &mut Author<'_>) -> Option<(EnvironmentName, RoleId)> {
    if text.absent {
        return None;
    }
    let Some((environment, role)) = text.value.split_once(' ') else {
        author.say(text.span, "an environment and a role are written, as in `production api-key`");
        return None;
    };
    let at = |author: &Author<'_>, part: &str, start: usize| {
        let span = author.inside(text.span, &text.value, &(start..start + part.len()));
        Located { value: part.to_owned(), span, key: None, absent: false }
    };
    let role = role.trim_start();
    let name = at(author, role, text.value.len() - role.len());
    let environment = at(author, environment, 0);
    let environment = author.environment(&environment);
    let role = author.role(&name);
    Some((environment?, role?))
}
