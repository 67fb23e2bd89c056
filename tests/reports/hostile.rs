//! Names that try to act: in a terminal, in a build log, in Markdown, in a page.

use golive::report::Format;
use golive::source::Foreign;
use serde_json::Value;

use super::stage::{Stage, demo};

const NAME: &str = "a b%é\u{1b}[31m\n::error file=x::forged\r##[error]|<script>alert(1)</script>\
                    \u{202e}[x](javascript:y) @team `&amp;\"'";

/// The demo's report with a hostile end to every text that may come from outside.
pub(super) fn report() -> Value {
    const FREE: [&str; 17] = [
        "name",
        "message",
        "setting",
        "shown",
        "belongs_to",
        "path",
        "title",
        "why",
        "fix",
        "request",
        "note",
        "detail",
        "statement",
        "flag",
        "effect",
        "what",
        "by",
    ];
    fn spoil(value: &mut Value, key: &str) {
        match value {
            Value::String(text) if FREE.contains(&key) => text.push_str(NAME),
            Value::Array(all) => all.iter_mut().for_each(|one| spoil(one, key)),
            Value::Object(fields) => {
                for (name, field) in fields {
                    spoil(field, &name.clone());
                }
            }
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut report = demo(&[]);
    for part in ["findings", "checks", "subject", "looked_at", "packs", "narrowed"] {
        spoil(&mut report[part], part);
    }
    report
}

fn assert_inert(format: Format, text: &str) {
    let name = format.as_str();
    let acts = |one: char| one != '\n' && Foreign::acts(one);
    assert!(!text.contains(acts), "{name}: {:?}", text.find(acts));
    assert!(!text.contains("##["), "{name}");
    let commands = ["group::", "endgroup::", "error ", "warning ", "notice "];
    for line in text.lines().filter(|line| line.trim_start().starts_with("::")) {
        let own = commands.iter().any(|word| line.starts_with(&format!("::{word}")));
        assert!(format == Format::Github && own, "{name}: {line}");
        assert!(!line.starts_with("::error file=x"), "{line}");
    }
    let without_json = text.split_once("id=\"golive-report\"").map_or(text, |(shown, _)| shown);
    match format {
        Format::Html => assert_eq!(text.matches("<script").count(), 2),
        Format::Junit => assert!(!text.contains("<script"), "{text}"),
        Format::Markdown => {
            assert!(!without_json.contains(" <script"), "{text}");
            assert!(!text.contains("](") || text.contains("\\]("), "{text}");
        }
        Format::Checklist
        | Format::Json
        | Format::Sarif
        | Format::SarifOpen
        | Format::Github
        | Format::Gitlab => {}
    }
}

#[test]
fn no_text_of_a_report_acts_in_any_format() {
    let stage = Stage::new();
    stage.keep("hostile.json", &report());
    for format in Format::ALL {
        assert_inert(format, &stage.rendered("hostile.json", format));
    }
}

#[test]
fn no_name_of_a_project_acts_in_any_format() {
    let stage = Stage::new();
    let folder = NAME.replace('/', "∕");
    for (class, host) in [("sandbox", "hooks-sbx"), ("production", "x.ngrok-free")] {
        let text =
            format!("BEGINI_WEBHOOK_URL=http://{host}.app/b\nBEGINI_PRIVACY_POLICY_URL=changeme\n");
        stage.write(&format!("project/{folder}/.env.{class}"), &text);
    }
    for format in Format::ALL {
        let done = stage.golive(&["check", "project", "--format", format.as_str()]);
        assert_eq!(done.errors, "");
        assert!(done.output.contains("begini/webhook") || done.output.contains("core/"));
        assert_inert(format, &done.output);
    }
}

#[test]
fn a_table_keeps_its_columns() {
    let stage = Stage::new();
    stage.keep("hostile.json", &report());
    let text = stage.rendered("hostile.json", Format::Markdown);
    let mut rows = 0;
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, 6, "{line}");
        rows += 1;
    }
    assert!(rows > 8, "{text}");
    assert!(text.chars().count() < 32_000);
}
