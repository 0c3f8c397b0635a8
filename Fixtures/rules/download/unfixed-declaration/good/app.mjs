import { pipeline } from "./vendor/transformers.js";
const from = "see https://cdn.example.org/";
console.log("https://cdn.example.org/log.js");
