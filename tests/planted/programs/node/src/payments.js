// Another provider signs with SHA-256 and calls people by uid, too.
const digest = createHmac("sha256", secret).update(JSON.stringify(body)).digest("hex");
if (req.get("X-Hub-Signature-256") !== digest) throw new Error("no");
const user = { uid: "admin", name: "Administrator" };
console.log("paid", req.body);
