-- The tables of Kolibri's content schema 5, which every Kolibri since 0.15 imports. It knows a file by its
-- tables and columns, so that those are here too that a course of web pages leaves empty.
CREATE TABLE content_channelmetadata (
  id TEXT PRIMARY KEY, name TEXT, description TEXT, tagline TEXT, author TEXT, version INTEGER, thumbnail TEXT,
  last_updated TEXT, min_schema_version TEXT, root_id TEXT
);
CREATE TABLE content_contentnode (
  id TEXT PRIMARY KEY, parent_id TEXT, channel_id TEXT, content_id TEXT, kind TEXT, title TEXT, description TEXT,
  lang_id TEXT, author TEXT, license_name TEXT, license_description TEXT, license_owner TEXT,
  tree_id INTEGER, lft INTEGER, rght INTEGER, level INTEGER, sort_order REAL,
  available INTEGER, coach_content INTEGER, duration INTEGER, options TEXT, grade_levels TEXT, resource_types TEXT,
  learning_activities TEXT, accessibility_labels TEXT, categories TEXT, learner_needs TEXT
);
CREATE TABLE content_language (
  id TEXT PRIMARY KEY, lang_code TEXT, lang_subcode TEXT, lang_name TEXT, lang_direction TEXT
);
CREATE TABLE content_localfile (id TEXT PRIMARY KEY, extension TEXT, available INTEGER, file_size INTEGER);
CREATE TABLE content_file (
  id TEXT PRIMARY KEY, preset TEXT, supplementary INTEGER, thumbnail INTEGER, priority INTEGER,
  contentnode_id TEXT, lang_id TEXT, local_file_id TEXT
);
CREATE TABLE content_assessmentmetadata (
  id TEXT PRIMARY KEY, assessment_item_ids TEXT, number_of_assessments INTEGER, mastery_model TEXT,
  randomize INTEGER, is_manipulable INTEGER, contentnode_id TEXT
);
CREATE TABLE content_contenttag (id TEXT PRIMARY KEY, tag_name TEXT);
CREATE TABLE content_contentnode_tags (id INTEGER PRIMARY KEY, contentnode_id TEXT, contenttag_id TEXT);
CREATE TABLE content_contentnode_related (
  id INTEGER PRIMARY KEY, from_contentnode_id TEXT, to_contentnode_id TEXT
);
CREATE TABLE content_contentnode_has_prerequisite (
  id INTEGER PRIMARY KEY, from_contentnode_id TEXT, to_contentnode_id TEXT
);
