namespace Nyumba.Api;

public sealed class CheckoutOptions
{
    public string Environment { get; init; } = "";
    public Uri? ApiUrl { get; init; }
    public string? PublicKey { get; init; }
    public string? SecretKey { get; init; }
    public string? WebhookSecret { get; init; }
    public Uri? WebhookUrl { get; init; }

    public bool IsLive => Environment == "production";
}
