// The script of a page with quizzes, figures, or what this device keeps.
import { renderChange } from "./change.js";
import { renderExplore } from "./explore.js";
import { play } from "./host.js";
import { marks } from "./mark.js";
import { renderQuiz } from "./quiz.js";
import { showKept } from "./showkept.js";

play({ quiz: renderQuiz, figure: renderExplore, change: renderChange }, { kept: showKept });
marks();
