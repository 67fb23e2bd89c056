//! What the page promises: nothing is loaded, nothing acts, nothing is left out.

use super::*;
use crate::report::sample;
use crate::source::Foreign;

#[test]
fn nothing_is_loaded_and_only_its_own_script_runs() {
    let page = render(&sample::no_go());
    let policy = page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap().replace("&#x27;", "'").replace("&#39;", "'");
    let between = |open: &str, close: &str| {
        page.split_once(open).unwrap().1.split_once(close).unwrap().0.to_owned()
    };
    for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let text = between(&format!("<{element}>"), &format!("</{element}>"));
        let digest = STANDARD.encode(Sha256::digest(&text));
        assert!(policy.contains(&format!("{directive} 'sha256-{digest}'")), "{policy}");
    }
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    for loads in [" src=", "url(", "@import", "<link rel=\"stylesheet", "style=\"", "onclick="] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn names_stay_text_in_the_page_and_in_the_json() {
    let name = "x</script><script>alert(1)</script><img src=x onerror=y>\u{202e}\u{1b}[2J\"'&";
    let mut run = sample::no_go();
    name.clone_into(&mut run.subject.name);
    run.findings[0].setting = Some(name.to_owned());
    run.findings[0].links =
        vec!["javascript:alert(1)".to_owned(), "https://x.example/\"".to_owned()];
    let page = render(&run);
    assert_eq!(page.matches("<script").count(), 2, "the page's own script and the JSON");
    assert_eq!(page.matches("</script>").count(), 2);
    let (shown, _) = page.split_once(JSON_BEGINS).unwrap();
    assert!(!page.contains("<img") && !shown.contains("javascript:"), "{page}");
    assert!(page.chars().all(|one| one == '\n' || !Foreign::acts(one)));
    assert_eq!(crate::report::read(&page).unwrap().run.subject.name, name);
}

#[test]
fn every_check_and_every_finding_is_in_it() {
    for run in [sample::no_go(), sample::go(), sample::stand_in(), sample::empty()] {
        let page = render(&run);
        let (shown, _) = page.split_once(JSON_BEGINS).unwrap();
        for check in &run.checks {
            assert!(shown.contains(&*check.id.0), "{}", check.id);
        }
        assert!(shown.matches("<article").count() >= run.findings.len());
        assert!(shown.contains(&run.inputs_digest));
    }
}

/// The colours of a block of the style.
fn colours(block: &str) -> std::collections::BTreeMap<&str, [f64; 3]> {
    let named = block.split("--").skip(1).filter_map(|part| part.split_once(": #"));
    let part = |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
    named.map(|(name, hex)| (name, [part(hex, 0), part(hex, 2), part(hex, 4)])).collect()
}

/// How far two colours are apart (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |colour: [f64; 3]| {
        let [red, green, blue] = colour.map(|part| {
            let part = part / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_stands_out_from_its_ground_by_day_at_night_and_on_paper() {
    let blocks: Vec<&str> = STYLE.split(":root {").skip(1).collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        let colours = colours(block.split_once('}').unwrap().0);
        for ground in ["paper", "card", "code", "bad-bg", "doubt-bg", "good-bg"] {
            for ink in ["ink", "soft"] {
                let apart = contrast(colours[ink], colours[ground]);
                assert!(apart >= 4.5, "{ink} on {ground}: {apart:.2}");
            }
        }
        for (ink, grounds) in [
            ("bad", ["bad-bg", "card"]),
            ("doubt", ["doubt-bg", "card"]),
            ("good", ["good-bg", "card"]),
            ("link", ["paper", "card"]),
        ] {
            for ground in grounds {
                let apart = contrast(colours[ink], colours[ground]);
                assert!(apart >= 4.5, "{ink} on {ground}: {apart:.2}");
            }
        }
    }
}
