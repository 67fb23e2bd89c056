//! What is kept of an answer suffices for what reads it.

use std::sync::Arc;

use super::reduce::{Wanted, Whole};
use super::*;
use crate::expression::{Evaluation, Expression, Scope};

const NAMES: [&str; 5] = ["status", "headers", "body", "ms", "fault"];

fn evaluate(expression: &Expression, body: &Fact) -> Evaluation {
    let facts = Facts { status: 422, body: body.clone(), ..Facts::default() };
    expression.evaluate(&Scope { names: facts.names(), ..Scope::default() })
}

#[test]
fn outcomes_see_in_the_kept_fields_what_they_see_in_the_whole() {
    let expressions = [
        "status == 422 && has(body.detail.code)",
        "has(body.detail.code) && body.detail.code in [401, 403]",
        "has(body.detail) && body.detail.startsWith('Cannot')",
        "has(body.access_token) && has(body.url)",
        "body.items.size() == 2 && body.items.all(i, i.n > 0)",
        "has(body.detail.deep.down)",
        "fault == '' && !has(body.nothing)",
    ];
    let bodies = [
        r#"{"detail":"Cannot connect","access_token":"a","url":"b","other":1}"#,
        r#"{"detail":{"code":403,"text":"private","deep":{"down":null}}}"#,
        r#"{"detail":null,"items":[{"n":1,"x":"y"},{"n":2}]}"#,
        r#"{"detail":{"code":500,"deep":"text"},"items":[]}"#,
        "[1]",
        "{}",
    ];
    for source in expressions {
        let expression = Expression::compile(source, &NAMES).unwrap();
        let wanted = Wanted { fields: expression.reads(), captures: Vec::new() };
        for body in bodies {
            let whole: Fact = serde_json::from_str(body).unwrap();
            let kept = wanted
                .reduce(
                    &Whole { headers: &[], body: &whole, sent: &Fact::Null, token: None },
                    &Arc::default(),
                )
                .body;
            let (seen, expected) = (evaluate(&expression, &kept), evaluate(&expression, &whole));
            let failed = |one: &Evaluation| matches!(one, Evaluation::Failed(_));
            let same = seen == expected || (failed(&seen) && failed(&expected));
            assert!(same, "{source} on {body}: {seen:?}, not {expected:?}; kept {kept:?}");
        }
    }
}
