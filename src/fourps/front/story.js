// The script of a page with a scenario: it carries no other player.
import { play } from "./host.js";
import { renderScenario } from "./scenario.js";

play({ scenario: renderScenario });
