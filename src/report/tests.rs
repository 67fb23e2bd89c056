//! What the reports for people look like.

use jiff::tz::TimeZone;
use textwrap::core::display_width;

use crate::pack::CheckId;
use crate::run::{Reason, Result};

use super::{Format, Style, explain, list, plan, render, sample};

fn style(width: u16) -> Style {
    Style { width, zone: TimeZone::posix("EAT-3").ok(), ..Style::default() }
}

#[test]
fn a_project_with_trouble() {
    insta::assert_snapshot!(render(&sample::no_go(), Format::Checklist, &style(100)));
}

#[test]
fn a_ready_project() {
    insta::assert_snapshot!(render(&sample::go(), Format::Checklist, &style(100)));
}

#[test]
fn a_rehearsal() {
    insta::assert_snapshot!(render(&sample::stand_in(), Format::Checklist, &style(100)));
}

#[test]
fn an_empty_folder() {
    insta::assert_snapshot!(render(&sample::empty(), Format::Checklist, &style(100)));
}

#[test]
fn a_narrow_terminal() {
    insta::assert_snapshot!(render(&sample::no_go(), Format::Checklist, &style(40)));
}

#[test]
fn a_screen_reader() {
    let plain = Style { plain: true, ..style(100) };
    insta::assert_snapshot!(render(&sample::no_go(), Format::Checklist, &plain));
}

/// A run in which everything that comes from outside tries to act.
fn hostile() -> crate::run::Run {
    let name = "x\n::error::forged\u{1b}[2J\u{202e}##[error]y";
    let mut run = sample::no_go();
    let names = [&mut run.subject.name, &mut run.next[0], &mut run.packs[0].title];
    for text in names {
        name.clone_into(text);
    }
    for finding in &mut run.findings {
        finding.setting = Some(name.to_owned());
        finding.shown = Some(name.to_owned());
        finding.location = Some(crate::source::Location {
            path: "::warning::path".to_owned(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 2,
        });
    }
    run
}

#[test]
fn hostile_names_do_not_act() {
    for plain in [false, true] {
        for width in [20, 40, 100] {
            let style = Style { plain, ..style(width) };
            let text = render(&hostile(), Format::Checklist, &style);
            assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
            assert!(!text.contains("##["), "{text}");
            let acts = |character: char| character.is_control() && character != '\n';
            assert!(!text.contains(acts) && !text.contains('\u{202e}'), "{text}");
        }
    }
}

#[test]
fn no_line_is_wider_than_the_terminal_but_commands() {
    for width in [20, 40, 59, 60, 80, 120] {
        for run in [sample::no_go(), sample::go(), sample::empty()] {
            let text = render(&run, Format::Checklist, &style(width));
            let wide = |line: &&str| display_width(line) > usize::from(width);
            let lines: Vec<&str> =
                text.lines().filter(wide).filter(|line| !line.contains("golive check")).collect();
            assert!(lines.is_empty(), "{width}: {lines:#?}");
        }
    }
}

#[test]
fn colour_adds_codes_and_nothing_else() {
    let colored = Style { color: true, ..style(80) };
    let text = render(&sample::no_go(), Format::Checklist, &colored);
    assert!(text.contains("\u{1b}["));
    let bare = anstream::adapter::strip_str(&text).to_string();
    assert_eq!(bare, render(&sample::no_go(), Format::Checklist, &style(80)));
}

#[test]
fn what_was_not_asked_or_not_confirmed_is_no_wall() {
    let mut run = sample::no_go();
    run.sent.not_asked = 23;
    for (reason, result) in
        [(Reason::NOT_LIVE, Result::NotAsked), ("not confirmed", Result::Pending)]
    {
        for number in 0..23 {
            let mut check = run.checks[0].clone();
            check.id = CheckId(format!("many/{}-{number}", result.as_str()).into());
            check.result = result;
            check.reason = Some(Reason { kind: reason.to_owned(), detail: String::new() });
            run.checks.push(check);
        }
    }
    let text = render(&run, Format::Checklist, &style(100));
    assert_eq!(text.matches("23 live checks not asked").count(), 1, "{text}");
    assert!(!text.contains("many/not-asked"), "{text}");
    assert_eq!(text.matches("many/pending").count(), 12, "{text}");
    assert!(text.contains("12 more to confirm"), "{text}");
}

#[test]
fn the_plan_of_a_live_run() {
    insta::assert_snapshot!(plan(&sample::plan(), &style(100)));
}

#[test]
fn a_plan_marks_production_and_says_when_there_is_nothing() {
    let mut run = sample::plan();
    run.sent.planned[1].environment = "production".to_owned();
    let text = plan(&run, &style(100));
    assert!(text.contains(" 2 ! POST") && text.contains("20 with values of production"), "{text}");
    run.sent.planned.clear();
    let text = plan(&run, &style(100));
    assert!(text.contains("no request would be sent") && !text.contains("WOULD SEND"), "{text}");
}

#[test]
fn the_list_of_checks() {
    let list = |width| list(&[sample::begini()], &sample::rules(), &style(width));
    insta::assert_snapshot!(format!("{}\n{}", list(110), list(40)));
}

#[test]
fn checks_explained() {
    let begini = sample::begini();
    let texts: Vec<String> =
        sample::rules().iter().map(|check| explain(check, Some(&begini), &style(90))).collect();
    insta::assert_snapshot!(texts.join("\n=====\n"));
}
