//! What a scalar holds, and where its own text is written.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::super::purpose::Purpose;
use super::super::reference;
use super::super::resolve;
use super::super::section::Scope;
use super::super::setting::{Setting, SettingValue, Step};
use super::decode::decode;
use super::document::Sort;
use super::pair::{OUTSIDE, assignment};
use super::way::{Found, Held};
use crate::document::{Node, Style, Value};
use crate::pack::{Origin, words};
use crate::source::{Secret, SourceText, Span};

/// Makes settings of what was found in one document.
pub(super) struct Reader<'a> {
    /// The file.
    pub source: &'a Arc<SourceText>,
    /// What it is there for.
    pub purpose: Purpose,
    /// The sort of the document.
    pub sort: Sort,
    /// Whether the values of the file are names of process variables.
    pub mapped: bool,
}

impl Reader<'_> {
    /// The setting that `found` is.
    pub(super) fn setting(&self, found: &Found<'_>) -> Setting {
        let keys = name(found);
        let (value, span) = self.value(found, &keys.join("."));
        let mut setting = Setting::new(keys.join("."), value, self.source, span);
        for (what, span) in &found.trail {
            let what = if found.merged { "merge" } else { what };
            setting.trail.push(Step { what, source: Arc::clone(self.source), span: *span });
        }
        if !setting.trail.is_empty() {
            setting.origin = Origin::Merged;
        }
        setting.purpose = self.purpose;
        setting.overridden = found.overridden;
        setting.scope = found.scope.clone();
        setting.key = own_key(&keys, found.above, self.sort);
        let in_data = found.keys.first().is_some_and(|key| &**key == "data");
        if self.sort == (Sort::Kubernetes { secret: true }) && in_data {
            decode(&mut setting);
        }
        setting
    }

    fn value(&self, found: &Found<'_>, name: &str) -> (SettingValue, Span) {
        let node = found.node;
        let inner = node.inner(self.source.text());
        let open = |text: String| SettingValue::Reference { text, identity: false };
        match found.held {
            Held::Outside => outside(self.source, node, name),
            Held::Passed => {
                let variable = name.rsplit('.').next().unwrap_or(name);
                (open(format!("${{{variable}}}")), inner)
            }
            Held::Default => {
                let (value, span) = self.written(found);
                match value {
                    SettingValue::Literal(value) => {
                        let variable = name.rsplit('.').next().unwrap_or(name);
                        (open(format!("${{{variable}:-{}}}", value.expose())), span)
                    }
                    other @ (SettingValue::Reference { .. }
                    | SettingValue::Observed(_)
                    | SettingValue::Empty) => (other, span),
                }
            }
            Held::Value => match node.text().filter(|_| self.mapped) {
                Some(text) => (open(format!("${{{text}}}")), inner),
                None => self.written(found),
            },
        }
    }

    /// What a scalar holds and where its own text is written, without quotes.
    fn written(&self, found: &Found<'_>) -> (SettingValue, Span) {
        let key = found.keys.last().map_or("", |key| &**key);
        let inner = found.node.inner(self.source.text());
        let Some(text) = found.node.scalar_text(self.source.text()) else {
            return (SettingValue::Empty, inner);
        };
        let (text, span) = match assignment(&text) {
            Some((name, skip))
                if name == key && inner.of(self.source.text()).starts_with(&*text) =>
            {
                let rest = text.get(skip..).unwrap_or_default().to_owned();
                (rest, Span::new(inner.start_offset() + skip, inner.end_offset()))
            }
            _ => (text.into_owned(), inner),
        };
        if text.trim().is_empty() {
            return (SettingValue::Empty, span);
        }
        if found.node.tag.is_some() {
            return (SettingValue::Reference { text, identity: false }, span);
        }
        if let Some(default) = default_of_workflow(&text) {
            return fallback(&text, default, span, self.source.text());
        }
        if let Some(identity) = reference::of(&text) {
            // the jobs of a code host keep secrets of one name for each environment
            let own = matches!(found.scope, Scope::Environment { own_secrets: true, .. });
            return (SettingValue::Reference { text, identity: identity && !own }, span);
        }
        let literal = matches!(found.node.value, Value::Text { style: Style::Literal, .. });
        if !literal && resolve::asks(&text) {
            // resolved against the profile later; until then a reference to process variables
            return (SettingValue::Reference { text, identity: false }, span);
        }
        // compose writes a dollar twice, as a single one begins a variable
        let text = if self.sort == Sort::Compose { text.replace("$$", "$") } else { text };
        (SettingValue::Literal(Secret::new(text)), span)
    }
}

/// The keys that a setting is called by.
fn name<'f>(found: &'f Found<'_>) -> Vec<&'f str> {
    let mut keys: Vec<&str> = found.keys.iter().map(|key| &**key).collect();
    let told = keys.last().is_some_and(|last| OUTSIDE.contains(last));
    if found.held == Held::Outside && told && keys.len() > 1 {
        keys.pop();
    }
    keys
}

/// What is said of a value that is kept elsewhere: where, if the document tells.
/// <https://external-secrets.io/latest/api/externalsecret/>
fn outside(source: &Arc<SourceText>, node: &Node, name: &str) -> (SettingValue, Span) {
    let (key, property) = (node.get("key"), node.get("property").and_then(Node::text));
    if let Some((key, text)) = key.and_then(|key| Some((key, key.text()?))) {
        let text = property.map_or_else(|| text.to_owned(), |part| format!("{text}#{part}"));
        // a key of an outside store names one value; one of a Secret names one for each namespace
        let identity = node.get("name").is_none();
        return (SettingValue::Reference { text, identity }, key.inner(source.text()));
    }
    let text = format!("{} {name}", source.path());
    (SettingValue::Reference { text, identity: false }, node.span)
}

/// The literal that `${{ secrets.X || 'literal' }}` falls back to.
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators>
fn default_of_workflow(text: &str) -> Option<Span> {
    static FALLBACK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\$\{\{.*\|\|\s*'([^']+)'\s*\}\}$").ok());
    let found = FALLBACK.as_ref().filter(|_| text.starts_with("${{"))?.captures(text)?.get(1)?;
    Some(Span::new(found.start(), found.end()))
}

/// A reference with a default, whose place is that of the default.
fn fallback(text: &str, default: Span, span: Span, source: &str) -> (SettingValue, Span) {
    let literal = default.of(text);
    let start = span.start_offset() + default.start_offset();
    let place = Span::new(start, start + literal.len());
    let place = if place.of(source) == literal { place } else { span };
    let text = format!("${{OUTSIDE:-{literal}}}");
    (SettingValue::Reference { text, identity: false }, place)
}

/// The words of what a setting is called in its own environment, whatever section, object or
/// service description it was found under.
fn own_key(keys: &[&str], above: usize, sort: Sort) -> String {
    let own = keys.get(above..).filter(|own| !own.is_empty()).unwrap_or(keys);
    let own = if matches!(sort, Sort::Kubernetes { .. }) {
        own.get(own.len().saturating_sub(1)..).unwrap_or(own)
    } else {
        let frames = own.iter().take_while(|key| FRAMES.contains(key)).count();
        own.get(frames.min(own.len().saturating_sub(1))..).unwrap_or(own)
    };
    words(&own.join(".")).join(" ")
}

/// Keys that hold settings and are no part of their names.
const FRAMES: [&str; 16] = [
    "env",
    "environment",
    "environments",
    "vars",
    "variables",
    "variable",
    "build",
    "data",
    "stringData",
    "envVars",
    "env_variables",
    "environment_variables",
    "params",
    "parameters",
    "provider",
    "locals",
];
