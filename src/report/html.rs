//! One page for browsers and for paper: it loads nothing, runs without scripts, and holds the whole
//! JSON, from which every other format can be made again.
//!
//! Whatever a template prints is escaped by one formatter, so no part of a run can become markup;
//! only the page's own style and script and the embedded JSON are printed as they are.

mod part;
mod view;

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, UndefinedBehavior, context};
use sha2::{Digest, Sha256};

use super::wrap::clean;
use crate::run::Run;

/// What stands before the embedded JSON; `</script>` stands after it.
pub(super) const JSON_BEGINS: &str = "<script type=\"application/json\" id=\"golive-report\">";

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Writes the page.
#[expect(
    clippy::expect_used,
    reason = "the template is part of the tool, and tests fill all of it"
)]
pub(super) fn render(run: &Run) -> String {
    let raw = |text: String| Value::from_safe_string(text);
    let context = context! {
        page => Value::from(Serde(view::page(run))),
        policy => policy(),
        style => raw(STYLE.to_owned()),
        script => raw(SCRIPT.to_owned()),
        json_begins => raw(JSON_BEGINS.to_owned()),
        json => raw(inert(&super::json::render(run))),
    };
    environment()
        .and_then(|environment| environment.get_template("page.html")?.render(context))
        .expect("the template fits what it is given")
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    environment.set_formatter(|out, _, value| {
        if value.is_safe() {
            out.write_str(value.as_str().unwrap_or_default())?;
        } else {
            out.write_str(&escape(&value.to_string()))?;
        }
        Ok(())
    });
    environment.add_template("page.html", PAGE)?;
    Ok(environment)
}

/// Text for an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Nothing is loaded, and nothing runs but the page's own style and script.
fn policy() -> String {
    let digest = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

/// The same JSON without a character that could end the element it stands in.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' => {
                // writing to a String cannot fail
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
