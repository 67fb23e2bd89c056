using Nyumba.Api;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<CheckoutOptions>(builder.Configuration.GetSection("CheckoutCom"));
builder.Services.AddHealthChecks();
var app = builder.Build();
app.MapHealthChecks("/health");
app.MapPost("/webhooks/checkout", Webhooks.Receive);
app.Run();
