defmodule Payouts.Wise do
  @moduledoc "A client of Wise."

  def base_url, do: System.fetch_env!("WISE_API_URL")
  def token, do: System.fetch_env!("WISE_API_TOKEN")

  def profiles do
    Req.get!(base_url() <> "/v2/profiles", auth: {:bearer, token()}).body
  end
end
