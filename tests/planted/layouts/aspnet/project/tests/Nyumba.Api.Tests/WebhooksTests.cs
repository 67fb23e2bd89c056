using Xunit;

namespace Nyumba.Api.Tests;

public class WebhooksTests
{
    private const string SecretKey = "sk_sbox_test";
    private const string Url = "https://api.sandbox.checkout.com/payments";

    [Fact]
    public void Test_keys_are_sandbox_keys() => Assert.Contains("sbox", SecretKey + Url);
}
