// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/result_merge.hpp"

#include "io/scratch.hpp"
#include "results/result_file.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace lapilli;
using namespace lapilli::results;
using test::mentions;

namespace {

Json solved(double accuracy = 1e-4, bool fields = false)
{
    return {{"boundary", "sealed"}, {"axis", "xyz"}, {"accuracy", accuracy}, {"max-iterations", 500}, {"fields", fields}};
}

/// What a run writes that has found these properties with these settings.
Json result(const Json& properties, const std::string& command = "first")
{
    Json found = Json::object(), of_pores = Json::object(), quoted = Json::object();
    for (const char* property : {"porosity", "percolation"}) {
        of_pores[property] = {{"boundary", "sealed"}};
        if (!properties.empty()) found[property] = command;
    }
    for (const auto& [property, settings] : properties.items()) found[property] = quoted[property] = command;
    if (!properties.empty()) of_pores.update(properties);
    return {{"schema", 1},
            {"status", "done"},
            {"image",
             {{"path", "a/rock.tif"},
              {"shape", {2, 3, 4}},
              {"voxel_size_m", 2e-6},
              {"digest", "xxh3:1"},
              {"pore", {0}},
              {"labels", {{"0", 7}}}}},
            {"summary", quoted},
            {"result", found},
            {"warnings", {command}},
            {"run", {{"command", command}}},
            {"runs", Json::array({Json{{"properties", properties.empty() ? Json::object() : of_pores},
                                       {"status", "done"},
                                       {"command", command},
                                       {"warnings", {command}}}})}};
}

const Json diffusivity{{"diffusivity", solved()}};
const Json permeability{{"permeability", solved(1e-3)}};

std::string words(const Json& earlier, const Json& mine) { return difference(earlier, mine).words; }

std::vector<std::string> keys(const Json& object)
{
    std::vector<std::string> all;
    for (const auto& [key, value] : object.items()) all.push_back(key);
    return all;
}

} // namespace

TEST_CASE("results hold what a run of the same image, settings and program is to find")
{
    const auto both = merged(result(permeability), result(diffusivity));
    CHECK(holds(both, result(diffusivity)));
    CHECK(holds(both, result(permeability)));
    CHECK_FALSE(holds(Json(), result(diffusivity)));
    CHECK_FALSE(holds(result(permeability), result(diffusivity)));
    CHECK_FALSE(holds(both, result({{"diffusivity", solved(1e-6)}})));
    auto longer = solved();
    longer["max-iterations"] = 900; // which would be no obstacle to be put in their place
    CHECK_FALSE(holds(both, result({{"diffusivity", longer}})));
    auto other = result(diffusivity);
    other["image"]["digest"] = "xxh3:2";
    CHECK_FALSE(holds(both, other));
    other = result(diffusivity);
    other["runs"][0]["program_version"] = "0.2.0 abc";
    CHECK_FALSE(holds(both, other));
}

TEST_CASE("a second property of the same image is added, each with its run")
{
    const auto all = merged(result(permeability), result(diffusivity, "second"));
    CHECK(words(result(permeability), result(diffusivity)).empty());
    CHECK(keys(all["result"]) == std::vector<std::string>{"porosity", "percolation", "diffusivity", "permeability"});
    CHECK(all["result"]["permeability"] == "first");
    CHECK(all["result"]["porosity"] == "second");
    REQUIRE(all["runs"].size() == 2);
    CHECK(keys(all["runs"][0]["properties"]) == std::vector<std::string>{"permeability"});
    CHECK(keys(all["runs"][1]["properties"]) == std::vector<std::string>{"porosity", "percolation", "diffusivity"});
    CHECK(all["warnings"] == Json{"first", "second"});
    CHECK(all["run"]["command"] == "second");
}

TEST_CASE("the same run again takes the place of its first results, and of nothing else")
{
    const auto both = merged(result(permeability), result(diffusivity, "second"));
    const auto all = merged(both, result(diffusivity, "third"));
    CHECK(words(both, result(diffusivity)).empty());
    CHECK(all["result"]["diffusivity"] == "third");
    CHECK(all["result"]["permeability"] == "first");
    CHECK(all["runs"].size() == 2);
    CHECK(merged({}, result(diffusivity)) == result(diffusivity));
}

TEST_CASE("the summary has each property that the result has, by the run that found it last, and no other")
{
    const auto both = merged(result(permeability), result(diffusivity, "second"));
    CHECK(both["summary"] == Json{{"diffusivity", "second"}, {"permeability", "first"}});
    CHECK(keys(both["summary"]) == std::vector<std::string>{"diffusivity", "permeability"});
    CHECK(merged(both, result(permeability, "third"))["summary"] ==
          Json{{"diffusivity", "second"}, {"permeability", "third"}});
    CHECK(merged(both, result(Json::object(), "looked"))["summary"] == both["summary"]);

    auto of_others = result(diffusivity, "fourth");
    of_others["image"]["digest"] = "xxh3:2";
    CHECK(merged(both, of_others)["summary"] == Json{{"diffusivity", "fourth"}});
    auto old = result(permeability); // of a version that made none
    old.erase("summary");
    CHECK(merged(old, result(diffusivity))["summary"] == Json{{"diffusivity", "first"}});
}

TEST_CASE("another image, other pores or another voxel size is a difference that leaves nothing")
{
    const auto mine = result(diffusivity, "second");
    for (const auto& [place, value, said] : std::initializer_list<std::tuple<const char*, Json, const char*>>{
             {"/image/digest", "xxh3:2", "they are of a/rock.tif"},
             {"/image/shape", {2, 4, 3}, "its shape is [2,4,3] there and [2,3,4] here"},
             {"/image/voxel_size_m", 3e-6, "the voxel size [m] is 3e-06 there and 2e-06 here"},
             {"/image/voxel_size_m", nullptr, "is not given there and 2e-06 here"},
             {"/image/pore", {1}, "--pore is [1] there and [0] here"},
             {"/image/crop", {0, 1}, "--crop is [0,1] there and not given here"},
             {"/image/conductivity", {{"0", 1}}, "--conductivity"},
             {"/runs/0/properties/porosity/boundary", "periodic", "--boundary is \"periodic\" there and \"sealed\" here"}}) {
        auto earlier = result(permeability);
        earlier[Json::json_pointer(place)] = value;
        CAPTURE(place);
        CHECK_THAT(words(earlier, mine), mentions(said));
        CHECK(difference(earlier, mine).whole);
        CHECK(merged(earlier, mine) == mine);
    }
}

TEST_CASE("other settings of the same property are a difference; of another property they are not")
{
    const auto earlier = result(diffusivity);
    CHECK_THAT(words(earlier, result({{"diffusivity", solved(1e-6)}})),
               mentions("--accuracy is 0.0001 there and 1e-06 here of the diffusivity"));
    CHECK_FALSE(difference(earlier, result({{"diffusivity", solved(1e-6)}})).whole);
    auto patient = solved();
    patient["max-iterations"] = 9000;
    CHECK(words(earlier, result({{"diffusivity", patient}})).empty());
    CHECK(words(earlier, result({{"permeability", solved(1e-6)}})).empty());
}

TEST_CASE("fields of another property are not lost in silence")
{
    const auto with = [](const char* property) { return result({{property, solved(1e-4, true)}}); };
    CHECK_THAT(words(with("diffusivity"), with("permeability")), mentions("their fields are of another property"));
    CHECK(words(with("diffusivity"), with("diffusivity")).empty());
    CHECK(words(with("diffusivity"), result(permeability)).empty());
    CHECK(words(result(diffusivity), with("permeability")).empty());
    CHECK(has_fields(with("diffusivity")));
    CHECK_FALSE(has_fields(result(diffusivity)));
    CHECK_FALSE(has_fields({}));
}

TEST_CASE("a run that only looks at the image adds nothing and takes nothing")
{
    auto looks = result(Json::object(), "info");
    looks["image"].update({{"pore", Json::array()}, {"voxel_size_m", nullptr}});
    CHECK(words(result(diffusivity), looks).empty());
    CHECK(merged(result(diffusivity), looks) == result(diffusivity));
    CHECK(words(looks, result(diffusivity)).empty());
    CHECK(merged(looks, result(diffusivity)) == result(diffusivity));
    looks["image"]["digest"] = "xxh3:2";
    CHECK_FALSE(words(result(diffusivity), looks).empty());
}

TEST_CASE("what did not converge is still said when a property is added")
{
    auto earlier = result(permeability);
    earlier["runs"][0]["status"] = "not converged";
    CHECK(merged(earlier, result(diffusivity))["status"] == "not converged");
    CHECK(merged(earlier, result({{"diffusivity", solved()}, {"permeability", solved(1e-3)}}))["status"] == "done");
}

TEST_CASE("results that do not say how they were made are not replaced in silence, but added to")
{
    auto earlier = result(diffusivity);
    earlier.erase("runs");
    for (const char* property : {"porosity", "percolation"}) earlier["result"][property] = {{"boundary", "sealed"}};
    CHECK_THAT(words(earlier, result(diffusivity)),
               mentions("it is not known with which settings their diffusivity was found"));
    CHECK(words(earlier, result(permeability)).empty());
    const auto all = merged(earlier, result(permeability, "second"));
    CHECK(all["result"]["diffusivity"] == "first");
    CHECK(all["runs"].size() == 2);
}

TEST_CASE("a result is read in the order of its keys, without its labels")
{
    const test::ScratchFolder folder;
    auto written = result(diffusivity);
    written["program"] = {{"name", "lapilli"}, {"version", "0.1"}};
    const auto path = folder.write("result.json", written.dump());
    const auto read = read_in_order(path);
    written["image"].erase("labels");
    CHECK(read.dump() == written.dump());
    CHECK_THROWS_WITH(read_in_order(folder.write("other.json", "{}")), mentions("is not a result of lapilli"));
    auto many = written.dump();
    many.pop_back();
    many += R"(,"extra":{"":0)";
    for (int i = 0; i < 5000; ++i) many += fmt::format(R"(,"{}":0)", i);
    CHECK_THROWS_WITH(read_in_order(folder.write("many.json", many + "}}")), mentions("more keys"));
    std::string objects(6003, ' ');
    for (std::size_t i = 0; i < objects.size(); ++i) objects[i] = "{},"[i % 3];
    CHECK_THROWS_WITH(read_result(folder.write("objects.json", "[" + objects + "{}]")), mentions("more values"));
}
