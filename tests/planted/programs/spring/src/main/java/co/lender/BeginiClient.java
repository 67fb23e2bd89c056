package co.lender;

/** Sessions of Begini; a uid is made for every application. */
public class BeginiClient {
    private static final String TOKENS = "https://api.begini.co/v1/sessions-management/tokens";

    public Session start(Application application) {
        var body = Map.of("uid", application.scoreUid(), "integration_id", integrationId);
        var request = HttpRequest.newBuilder(URI.create(TOKENS))
            .timeout(Duration.ofSeconds(5))
            .header("api-key", apiKey)
            .POST(json(body))
            .build();
        var answer = http.send(request);
        if (answer.statusCode() == 401) {
            throw new IllegalStateException("begini refuses the key");
        }
        log.info("begini session for {}", application.id());
        return read(answer.body());
    }
}
