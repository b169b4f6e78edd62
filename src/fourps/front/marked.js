// The script of a page with nothing to play, which can be marked as read: a player's script carries the marks too.
import { marks } from "./mark.js";

marks();
