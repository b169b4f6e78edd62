// The script of a page with a scenario: it carries no other player.
import { play } from "./host.js";
import { marks } from "./mark.js";
import { renderScenario } from "./scenario.js";

play({ scenario: renderScenario });
marks();
