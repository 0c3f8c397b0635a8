import { pipeline } from "https://cdn.example.org/npm/transformers";
import "https://cdn.example.org/npm/other@1.2.3/index.js";
importScripts('https://cdn.example.org/worker.js');
