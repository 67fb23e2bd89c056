require("dotenv").config({ path: `.env.${process.env.APP_ENV}` });
const key = process.env.BEGINI_API_KEY;
